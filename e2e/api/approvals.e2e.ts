import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Api, openApi, type Run } from '../testing/api'
import { type RunningBaton, startBaton } from '../testing/baton'
import { pick, word } from '../testing/chance'
import { chainOf, field, graphOf, inputOf, node } from '../testing/graph'
import { connectModel, modelOf } from '../testing/models'

let baton: RunningBaton
let api: Api
beforeAll(async () => {
  baton = await startBaton()
  api = await openApi(baton)
})
afterAll(() => baton?.stop())

const asking = (more = {}) =>
  graphOf(
    [
      inputOf(field('what')),
      node('gate', 'approval', { title: 'Publish {{ start.what }}?', message: 'About {{ start.what }}.', ...more }),
      node('yes', 'output', {
        value: {
          decision: '{{ gate.decision }}',
          comment: '{{ gate.comment }}',
          fields: '{{ gate.fields }}',
          what: '{{ input.what }}',
        },
      }),
      node('no', 'output', { value: '{{ gate.comment }}' }),
    ],
    ['start gate', 'gate:approved yes', 'gate:rejected no'],
  )
const decide = (id: string, path: string, body: object) =>
  api.post(`/runs/${id}/approvals/${encodeURIComponent(path)}`, body)

describe('an approval', () => {
  it('shows its question, takes the decision with comment and fields, and goes on by that port', async () => {
    const [what, comment, tone] = [word(), word(), word()]
    const graph = asking({
      fields: [
        field('tone', 'choice', { choices: [tone, 'other'], required: true }),
        field('n', 'number', { default: 7 }),
      ],
    })
    const run = await api.run(graph, { input: { what } })
    expect(run.waitingFor).toMatchObject([{ path: 'gate', title: `Publish ${what}?`, message: `About ${what}.` }])
    for (const fields of [undefined, { tone: 'nonsense' }, { tone, [word()]: 1 }, { tone, n: 'x' }])
      expect(await decide(run.id, 'gate', { decision: 'approved', fields })).toMatchObject({
        status: 422,
        body: { code: 'invalid_input' },
      })
    expect((await decide(run.id, 'gate', { decision: pick('maybe', 'APPROVED') })).status).toBe(422)
    expect((await decide(run.id, 'gate', { decision: 'approved', comment, fields: { tone } })).status).toBe(202)
    const { output } = await api.untilStatus(run.id, 'completed')
    expect(output).toEqual({ yes: { decision: 'approved', comment, fields: { tone, n: 7 }, what } })
  })

  it('that is rejected needs no fields and leaves by the other port', async () => {
    const comment = word()
    const { id } = await api.run(asking({ fields: [field('must', 'text', { required: true })] }), {
      input: { what: word() },
    })
    await decide(id, 'gate', { decision: 'rejected', comment })
    expect((await api.untilStatus(id, 'completed')).output).toEqual({ no: comment })
  })

  it.each([2, 12])('hears the first of %i people and tells the others who won', async (count) => {
    const { id } = await api.run(asking(), { input: { what: word() } })
    const comments = Array.from({ length: count }, () => word())
    const answers = await Promise.all(
      comments.map((comment, index) =>
        decide(id, 'gate', { decision: index % 2 === 0 ? 'approved' : 'rejected', comment }),
      ),
    )
    const won = answers.flatMap(({ status }, index) => (status === 202 ? [index] : []))
    expect(won).toHaveLength(1)
    const decision = (won[0] ?? 0) % 2 === 0 ? 'approved' : 'rejected'
    for (const answer of answers.filter(({ status }) => status !== 202)) {
      expect(answer).toMatchObject({
        status: 409,
        body: { code: 'already_decided', decision, by: { type: 'key', name: 'e2e owner' } },
      })
      expect(Number.isNaN(Date.parse(String(answer.body.at)))).toBe(false)
    }
    const run = await api.untilStatus(id, 'completed')
    expect(JSON.stringify(run.output)).toContain(comments[won[0] ?? 0])
    expect((await api.events(id)).filter(({ type }) => type === 'node.resumed')).toHaveLength(1)
    expect(await decide(id, 'gate', { decision: 'approved' })).toMatchObject({
      status: 409,
      body: { code: 'already_decided', decision },
    })
  })

  it.each(['approve', 'reject', 'fail'])('decides by itself at its deadline: %s', async (onTimeout) => {
    const what = word()
    const run = await api.run(asking({ timeoutSeconds: 0.5, onTimeout }), { input: { what } })
    expect(Date.parse(run.waitingFor[0]?.until ?? '')).toBeGreaterThan(Date.parse(run.createdAt))
    const over = await api.untilStatus(run.id, 'completed', 'failed')
    if (onTimeout === 'fail') expect(over).toMatchObject({ status: 'failed', error: { path: 'gate' } })
    else expect(Object.keys(over.output ?? {})).toEqual([onTimeout === 'approve' ? 'yes' : 'no'])
    const late = await decide(run.id, 'gate', { decision: 'approved' })
    expect(late.status).toBe(409)
  })

  it('races with a deadline, another decision and a cancel: one decision and one end, every time', async () => {
    const rounds = Array.from({ length: 12 }, async () => {
      const { id } = await api.run(asking({ timeoutSeconds: 0.3, onTimeout: 'reject' }), { input: { what: word() } })
      await new Promise((resolve) => setTimeout(resolve, 250 + Math.random() * 80))
      const orders = [
        decide(id, 'gate', { decision: 'approved', comment: 'a' }),
        decide(id, 'gate', { decision: 'rejected', comment: 'b' }),
        api.post(`/runs/${id}/cancel`),
      ]
      const answers = await Promise.all(orders)
      const run = await api.untilStatus(id, 'completed', 'cancelled', 'failed')
      const log = await api.events(id)
      expect(answers.slice(0, 2).filter(({ status }) => status === 202).length).toBeLessThanOrEqual(1)
      for (const { status, body } of answers)
        if (status !== 202) expect(['already_decided', 'not_waiting', 'wrong_state']).toContain(body.code)
      expect(log.filter(({ type }) => /^run\.(completed|cancelled|failed)$/.test(type))).toHaveLength(1)
      expect(log.filter(({ type }) => type === 'node.resumed').length).toBeLessThanOrEqual(1)
      expect(['completed', 'cancelled']).toContain(run.status)
    })
    await Promise.all(rounds)
  })

  it('inside a box is named by its path, one URL segment', async () => {
    const graph = graphOf(
      [
        inputOf(field('items', 'json')),
        node('each', 'map', { items: 'start.items' }),
        node('gate', 'approval', { title: 'Item {{ index }}?' }, { parent: 'each' }),
        node('result', 'output', { value: '{{ gate.comment }}' }, { parent: 'each' }),
        node('done', 'output', { value: '{{ each }}' }),
      ],
      ['start each done', 'gate:approved result'],
    )
    const items = [word(), word(), word()]
    const run = await api.run(graph, { input: { items } })
    const paths = run.waitingFor.map(({ path }) => path).sort()
    expect(paths).toEqual(items.map((_, index) => `each[${index}]/gate`))
    for (const path of paths)
      expect((await decide(run.id, path, { decision: 'approved', comment: path })).status).toBe(202)
    expect((await api.untilStatus(run.id, 'completed')).output).toEqual(paths)
  })

  it('that is not there is said so', async () => {
    const { id } = await api.run(asking(), { input: { what: word() } })
    for (const path of ['start', 'each[0]/gate', word()])
      expect((await decide(id, path, { decision: 'approved' })).status).toBeGreaterThanOrEqual(404)
    expect((await decide(id, 'gate', {})).status).toBe(422)
    expect((await decide(crypto.randomUUID(), 'gate', { decision: 'approved' })).status).toBe(404)
    expect((await api.get<Run>(`/runs/${id}`)).status).toBe('waiting')
    await api.post(`/runs/${id}/cancel`)
  })
})

describe('a tool call that a person must allow', () => {
  it.each(['approved', 'rejected'])('is held until it is %s', async (decision) => {
    const model = await connectModel(api)
    const sum = `${Math.floor(Math.random() * 1_000)} + 1`
    model.script((_, n) =>
      n === 0
        ? { kind: 'tools', calls: [{ id: 'c1', name: 'calculator', arguments: JSON.stringify({ expression: sum }) }] }
        : { kind: 'text', text: 'Done.' },
    )
    const agent = node('solve', 'agent', {
      model: modelOf(model),
      prompt: 'Add.',
      tools: [{ tool: 'calculator', approval: 'always' }],
    })
    const run = await api.run(chainOf(inputOf(), agent, node('done', 'output', { value: '{{ solve.text }}' })))
    expect(run).toMatchObject({
      status: 'waiting',
      waitingFor: [{ path: 'solve', reason: 'tool_approval', tool: 'calculator' }],
    })
    expect(JSON.stringify(run.waitingFor)).toContain(sum)
    expect(model.requests).toHaveLength(1)
    const comment = word()
    expect((await decide(run.id, 'solve', { decision, comment })).status).toBe(202)
    expect((await api.untilStatus(run.id, 'completed')).output).toBe('Done.')
    expect(model.requests).toHaveLength(2)
    const second = JSON.stringify(model.requests[1]?.body.messages)
    const result = String(Number.parseInt(sum, 10) + 1)
    if (decision === 'approved') expect(second).toContain(result)
    else expect(second).toContain(comment)
    await model.close()
  })
})
