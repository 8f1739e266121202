import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { createPrisma } from '@/server/db/prisma'
import { type Api, openApi, type Run } from './testing/api'
import { beginCommand, killGroup, type RunningBaton, runCommand, startBaton } from './testing/baton'
import { number, word } from './testing/chance'
import { chainOf, field, type Graph, graphOf, inputOf, node, outputOf } from './testing/graph'

let baton: RunningBaton
let api: Api
let folder: string
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'baton-cli-'))
  baton = await startBaton()
  api = await openApi(baton)
})
afterAll(async () => {
  await baton?.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** Beside the server, which listens where it says. */
const cli = (...words: string[]) => runCommand({ ...baton.settings, BATON_URL: baton.origin }, ...words)
function keep(graph: unknown, ending = 'yaml'): string {
  const file = path.join(folder, `${word()}.${ending}`)
  writeFileSync(file, typeof graph === 'string' ? graph : ending === 'json' ? JSON.stringify(graph) : stringify(graph))
  return file
}
const greeting = (text: string): Graph =>
  chainOf(
    inputOf(field('who', 'text', { required: true })),
    node('greet', 'transform', { template: `${text} {{ start.who }}` }),
    outputOf('{{ greet }}'),
  )

describe('the command line', () => {
  it('makes keys and prints nothing else', async () => {
    const { code, out, err } = await cli('keys', 'create', '--name', word())
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(/^baton_[\w-]{20,}\n$/)
    expect((await api.ask('GET', '/me', undefined, { key: out.trim() })).body).toMatchObject({ role: 'admin' })
    expect((await cli('keys', 'create')).code).toBe(1)
    expect((await cli('keys', 'create', '--name', 'x', '--role', word())).code).toBe(1)
  })

  it.each(['yaml', 'json'])(
    'runs a %s file, shows its steps while they happen, and prints the result',
    async (ending) => {
      const [text, who] = [word(), word()]
      const { code, out, err } = await cli('run', keep(greeting(text), ending), '--input', JSON.stringify({ who }))
      expect({ code, out }).toEqual({ code: 0, out: `${text} ${who}\n` })
      expect(err).toMatch(/✓ greet/)
      expect(err).toContain(`${baton.origin}/runs/`)
    },
  )

  it('exits 1 with the reason when a run fails, is not started, or its input does not fit', async () => {
    const text = word()
    const failed = await cli(
      'run',
      keep(chainOf(inputOf(), node('bad', 'code', { source: `throw new Error("${text}")` }))),
    )
    expect(failed).toMatchObject({ code: 1, out: '' })
    expect(failed.err).toContain('bad')
    expect(failed.err).toContain(text)
    const unfit = await cli('run', keep(greeting('x')), '--input', '{}')
    expect(unfit.code).toBe(1)
    expect(unfit.err).toContain('who')
    expect((await cli('run', keep(greeting('x')), '--input', '{')).code).toBe(1)
    expect((await cli('run', path.join(folder, 'nowhere.yaml'))).code).toBe(1)
  })

  it('prints the whole run as JSON, and takes input from a file', async () => {
    const n = number()
    const graph = chainOf(
      inputOf(field('n', 'number')),
      node('more', 'code', { source: 'return {n: input.n + 1}' }),
      outputOf('{{ more }}'),
    )
    const { code, out } = await cli('run', keep(graph), '--json', '--input', `@${keep({ n }, 'json')}`)
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ status: 'completed', output: { n: n + 1 } })
  })

  it('shows no control characters that a model or a graph wrote', async () => {
    const { err, out } = await cli(
      'run',
      keep(chainOf(inputOf(field('x')), node('tell', 'transform', { template: '{{ start.x }}' }), outputOf('fine'))),
      '--input',
      JSON.stringify({ x: '\u001b[2J\u001b]0;evil\u0007gone' }),
    )
    expect(out).toBe('fine\n')
    expect(err).toContain('gone')
    expect(err.includes('\u001b') || err.includes('\u0007')).toBe(false)
  })

  it('validates a file without a server: all problems, each with its place', async () => {
    const good = await runCommand({}, 'validate', keep(greeting('x')))
    expect(good).toMatchObject({ code: 0, err: '' })
    const bad = {
      ...greeting('x'),
      nodes: [
        inputOf(),
        node('greet', 'transform', { template: '{{ nobody }} {{ start.whom }}' }),
        outputOf('{{ gret }}'),
      ],
    }
    const told = await runCommand({}, 'validate', keep(bad))
    expect(told).toMatchObject({ code: 1, out: '' })
    expect(told.err.trim().split('\n').length).toBeGreaterThanOrEqual(3)
    for (const part of ['nobody', 'gret', 'greet']) expect(told.err).toContain(part)
    expect((await runCommand({}, 'validate', keep('{'))).code).toBe(1)
  })

  it('imports and exports: what comes out is what went in', async () => {
    const graph = { ...greeting(word()), name: word('Name ') }
    const imported = await cli('import', keep(graph), '--publish')
    expect(imported.code).toBe(0)
    const id = imported.out.trim()
    expect(await api.get(`/workflows/${id}`)).toMatchObject({ name: graph.name, publishedVersion: 1 })
    expect((await api.post<Run>(`/workflows/${id}/runs`, { input: { who: 'x' }, wait: 30 })).status).toBe(200)
    const yaml = await cli('export', id)
    expect(parse(yaml.out)).toEqual(graph)
    const file = path.join(folder, `${word()}.json`)
    const { slug } = await api.get<{ slug: string }>(`/workflows/${id}`)
    expect(await cli('export', slug, '--format', 'json', '--output', file)).toMatchObject({ code: 0, out: '' })
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(graph)
    expect((await cli('export', word())).code).toBe(1)
  })

  it('says how it is used, and where the server is not', async () => {
    const help = await cli('--help')
    expect(help.code).toBe(0)
    for (const command of ['link', 'keys create', 'validate', 'run', 'import', 'export'])
      expect(help.out).toContain(command)
    expect((await cli(word())).code).toBe(2)
    expect((await cli('run')).code).toBe(2)
    expect((await cli('validate', 'x', '--surprise')).code).toBe(2)
    const lonely = await runCommand({ BATON_DATA_DIR: path.join(folder, word()) }, 'export', 'x')
    expect(lonely.code).toBe(1)
    expect(lonely.err).toMatch(/npm start/)
  })
})

describe('a run that waits for a person', () => {
  const asking = () =>
    graphOf(
      [inputOf(), node('gate', 'approval', { title: word('Go ') }), outputOf('over')],
      ['start gate:approved done'],
    )
  const keys = async () => (await api.get<{ items: { id: string; name: string }[] }>('/keys')).items
  const lent = async () => (await keys()).filter(({ name }) => name === 'CLI')
  const begin = async () => {
    const command = beginCommand({ ...baton.settings, BATON_URL: baton.origin }, 'run', keep(asking()))
    await expect.poll(command.output, { timeout: 20_000 }).toContain('Ctrl-C leaves it waiting')
    const page = /Decide on gate: (\S+)/.exec(command.output())?.[1] ?? ''
    return { command, page, id: page.split('/').at(-1) ?? '', group: -(command.child.pid ?? 0) }
  }

  it('says where to decide, and goes on when somebody does', async () => {
    const { command, page, id } = await begin()
    expect(page).toBe(`${baton.origin}/runs/${id}`)
    expect((await api.post(`/runs/${id}/approvals/gate`, { decision: 'approved' })).status).toBe(202)
    expect(await command.ended).toBe(0)
    expect(command.output()).toContain('over')
    expect(await lent()).toEqual([])
  })

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('is left waiting by %s, which takes the key of the command back', async (signal, code) => {
    const { command, id, group } = await begin()
    expect(await lent()).toHaveLength(1)
    process.kill(group, signal)
    process.kill(group, signal)
    expect(await command.ended).toBe(code)
    expect(await lent()).toEqual([])
    expect(await api.get(`/runs/${id}`)).toMatchObject({ status: 'waiting' })
  })

  it('leaves a key behind that ends by itself when the command is killed', async () => {
    const before = await keys()
    const { command } = await begin()
    killGroup(command)
    await command.ended
    const left = (await keys()).filter(({ id }) => !before.some((one) => one.id === id))
    expect(left).toHaveLength(1)
    const db = createPrisma(baton.settings.DATABASE_URL ?? '', { max: 1, onError: () => {} })
    const row = await db.apiKey.findUnique({ where: { id: left[0]?.id ?? '' } })
    await db.$disconnect()
    const minutes = ((row?.revokedAt?.getTime() ?? Number.POSITIVE_INFINITY) - Date.now()) / 60_000
    expect(minutes).toBeGreaterThan(5)
    expect(minutes).toBeLessThanOrEqual(10)
  })
})
