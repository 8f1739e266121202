import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { passesLuhn, passesMod97 } from '@/engine/share/mask/numbers'
import { type Api, openApi } from '../testing/api'
import { type RunningBaton, startBaton } from '../testing/baton'
import { number, word } from '../testing/chance'
import { field, type Graph, graphOf, inputOf, node, outputOf } from '../testing/graph'
import { follow, visit } from '../testing/guest'
import { connectModel, type Endpoint, modelOf } from '../testing/models'
import { type Peer, startPeer } from '../testing/peer'

const digits = (count: number) => Array.from({ length: count }, () => number(0, 9)).join('')
const withCheck = (of: (check: string) => string, passes: (text: string) => boolean) =>
  Array.from({ length: 98 }, (_, n) => of(String(n).padStart(2, '0'))).find((text) => passes(text)) ?? ''

/** What must never leave with masking on, each in a few ways of writing it. */
const personal = () => {
  const card = withCheck((check) => `4${digits(14)}${check.slice(1)}`, passesLuhn)
  const bban = digits(18)
  const iban = withCheck((check) => `DE${check}${bban}`, passesMod97)
  const grouped = (text: string) => text.replaceAll(/(.{4})(?=.)/g, '$1 ')
  return [
    `${word('ada.')}@mail.example.org`,
    card,
    grouped(withCheck((check) => `5${digits(14)}${check.slice(1)}`, passesLuhn)),
    `+49 170 ${digits(7)}`,
    `(202) 555-${digits(4)}`,
    iban,
    grouped(iban),
    `sk-proj-${word()}${word()}`,
    `ghp_${word()}${word()}${word()}`,
    `AKIA${digits(8)}ABCDEFGH`,
    `xoxb-${digits(12)}-${word()}`,
    `eyJhbGciOiJIUzI1NiJ9.eyJ${word()}.${word()}${word()}`,
  ]
}
const places = ['input', 'prompts', 'outputs', 'toolArguments'] as const
type Place = (typeof places)[number]
const include = ['input', 'prompts', 'outputs', 'costs', 'toolArguments', 'timeline'] as const

const planted = Object.fromEntries(
  [...places, 'error'].map((place) => {
    const canary = word(place.slice(0, 3))
    const people = personal()
    return [place, { canary, people, text: `It begins ${canary} then ${people.join(' and ')} and it ends.` }]
  }),
) as Record<Place | 'error', { canary: string; people: string[]; text: string }>
const people = Object.values(planted).flatMap((one) => one.people)
/** Code that returns a text and does not itself hold its canary. */
const inTwo = (text: string) => `return ${JSON.stringify(text.slice(0, 18))} + ${JSON.stringify(text.slice(18))}`
/** Words come slowly where somebody is to watch them. */
let isSlow = false
const secret = word('open sesame ')

let baton: RunningBaton
let api: Api
let model: Endpoint
let peer: Peer
beforeAll(async () => {
  peer = await startPeer()
  baton = await startBaton({ BATON_ALLOW_PRIVATE: `127.0.0.1:${peer.port}`, BATON_RATE_LIMITS: '0' })
  api = await openApi(baton)
  model = await connectModel(api)
  expect((await api.put('/secrets/door', { value: secret })).status).toBe(200)
  // First it uses tools, which fail and which work; then it says what it says.
  model.script((_, n) =>
    n % 2 === 0
      ? {
          kind: 'tools',
          calls: [
            { name: 'calculator', arguments: JSON.stringify({ expression: planted.toolArguments.text }) },
            {
              name: 'run_code',
              arguments: JSON.stringify({ source: inTwo(planted.outputs.text) }),
            },
          ],
        }
      : { kind: 'text', text: planted.outputs.text, perTokenMs: isSlow ? 40 : 0 },
  )
})
afterAll(async () => {
  await baton?.stop()
  await model?.close()
  await peer?.close()
})

/** Everything goes everywhere: passed on, repeated by another server, thrown, and told to a person. */
const graph = (end: 'continue' | 'fail'): Graph =>
  graphOf(
    [
      inputOf(field('note')),
      node('pass', 'condition', { expression: `start.note != ${JSON.stringify(planted.prompts.text)}` }),
      node('write', 'agent', {
        model: modelOf(model),
        instructions: planted.prompts.text,
        prompt: `${planted.prompts.text} {{ start.note }}`,
        tools: ['calculator', 'run_code'],
        autonomy: 'full',
      }),
      node('call', 'http', {
        method: 'POST',
        url: `${peer.origin}/${planted.toolArguments.canary}`,
        headers: { 'x-door': { secret: 'door' } },
        body: { said: planted.toolArguments.text, door: { secret: 'door' } },
      }),
      node(
        'shout',
        'code',
        { source: `throw new Error(${JSON.stringify(planted.error.text)})` },
        { onError: end, retry: { max: 0 } },
      ),
      outputOf({ text: '{{ write.text }}', failed: '{{ shout.error.message }}' }),
    ],
    ['start pass:true write call shout done'],
  )

const combinations = Array.from({ length: 2 ** include.length }, (_, bits) =>
  Object.fromEntries(include.map((what, at) => [what, (bits & (1 << at)) !== 0])),
) as Record<(typeof include)[number], boolean>[]

/** All that a link serves, as text. */
async function servedBy(url: string): Promise<{ json: string; all: string }> {
  const guest = follow(url)
  await guest.answer
  await expect.poll(() => guest.events.at(-1)?.type, { timeout: 20_000 }).toMatch(/^run\.(completed|failed)$/)
  const whole = await visit(`${url}.json`)
  expect(whole.status).toBe(200)
  const keys = Object.keys(whole.body.values)
  const rest = await Promise.all(
    ['.json?slim=1', '.yaml', '', ...keys.slice(0, 3).map((key) => `/values/${key}`)].map((at) => visit(`${url}${at}`)),
  )
  guest.close()
  return { json: whole.text, all: [whole.text, guest.heard(), ...rest.map(({ text }) => text)].join('\n') }
}

const share = async (run: string, options: object) => {
  const { status, body } = await api.post<{ url: string }>(`/runs/${run}/share`, options)
  expect(status).toBe(201)
  return body.url
}

describe.each(['continue', 'fail'] as const)('a run full of what nobody should see, whose error makes it %s', (end) => {
  it('gives away none of it, whatever is included, and what is included without it', async () => {
    const run = await api.run(graph(end), { input: { note: planted.input.text } })
    expect(run.status).toBe(end === 'fail' ? 'failed' : 'completed')
    for (const chosen of combinations) {
      const { all, json } = await servedBy(await share(run.id, { include: chosen }))
      const found = [...people, secret].filter((text) => all.includes(text))
      const canaries = places.filter((place) => all.includes(planted[place].canary))
      const off = places.filter((place) => !chosen[place])
      expect({ chosen, found, leaked: canaries.filter((place) => off.includes(place)) }).toEqual({
        chosen,
        found: [],
        leaked: [],
      })
      if (!chosen.prompts) expect(all).not.toContain(planted.error.canary)
      if (chosen.input) expect(json).toContain(planted.input.canary)
      if (chosen.prompts) expect(json).toContain(planted.prompts.canary)
      if (chosen.outputs) expect(json).toContain(planted.outputs.canary)
      if (chosen.toolArguments && chosen.prompts) expect(json).toContain(planted.toolArguments.canary)
      expect(all).not.toContain(run.id)
    }
  }, 300_000)

  it('gives away no secret with masking off either', async () => {
    const run = await api.run(graph(end), { input: { note: planted.input.text } })
    const everything = Object.fromEntries(include.map((what) => [what, true]))
    const { all, json } = await servedBy(await share(run.id, { include: everything, mask: false }))
    expect(json).toContain(people[0])
    expect(all).not.toContain(secret)
    expect(all).not.toContain(api.key)
  })
})

it('gives away none of it while it goes on, word by word', async () => {
  isSlow = true
  const pause = node('pause', 'wait', { seconds: 1.5 })
  const { nodes, edges, ...rest } = graph('continue')
  const first = { source: 'start', target: 'pause' }
  const begin = edges.map((edge) => (edge.source === 'start' ? { ...edge, source: 'pause' } : edge))
  const run = await api.begin(
    { ...rest, nodes: [...nodes, pause], edges: [first, ...begin] },
    { input: { note: planted.input.text } },
  )
  const choices = [
    {},
    { include: { prompts: true, input: true, toolArguments: true } },
    { include: { outputs: false, prompts: true } },
  ]
  const guests = await Promise.all(choices.map(async (options) => follow(await share(run, options))))
  for (const guest of guests) expect(await guest.answer).toEqual({ ok: true })
  for (const guest of guests)
    await expect.poll(() => guest.events.at(-1)?.type, { timeout: 30_000 }).toBe('run.completed')
  for (const guest of guests) expect([...people, secret].filter((text) => guest.heard().includes(text))).toEqual([])
  expect(guests[0]?.deltas.length).toBeGreaterThan(3)
  expect(guests[2]?.deltas).toEqual([])
  expect(guests[0]?.heard()).not.toContain(planted.prompts.canary)
  expect(guests[2]?.heard()).not.toContain(planted.outputs.canary)
  for (const guest of guests) guest.close()
})

/** A plain word: nothing but where it stands says that it is somebody's. */
const plain = () => Array.from({ length: 8 }, () => String.fromCharCode(number(97, 122))).join('')

it('asks a person in words that stay where their settings and data do, in the page and everything else', async () => {
  const [product, question, more] = [plain(), plain(), plain()]
  const asking = graphOf(
    [
      inputOf(field('product')),
      node('ask', 'approval', {
        title: `Publish the ${question} for {{ start.product }}?`,
        message: `It is about {{ start.product }}, ${more}.`,
      }),
      outputOf('done'),
    ],
    ['start ask:approved done'],
  )
  const run = await api.run(asking, { input: { product } })
  expect(run.status).toBe('waiting')
  for (const chosen of combinations) {
    const url = await share(run.id, { include: chosen })
    const whole = await visit(`${url}.json`)
    const keys = Object.keys(whole.body.values)
    const rest = await Promise.all(
      ['.json?slim=1', '.yaml', '', ...keys.map((key) => `/values/${key}`)].map((at) => visit(`${url}${at}`)),
    )
    const all = [whole, ...rest].map(({ text }) => text).join('\n')
    const isTold = chosen.input && chosen.prompts && chosen.outputs
    expect({ chosen, found: [product, question, more].map((text) => all.includes(text)) }).toEqual({
      chosen,
      found: [chosen.input, chosen.prompts, chosen.prompts],
    })
    expect(whole.text.includes(`Publish the ${question} for ${product}?`)).toBe(isTold)
    expect(whole.text.includes('Waits for a decision')).toBe(!isTold)
  }
}, 60_000)
