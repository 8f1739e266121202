import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asking, broken, greeting } from '@/server/api/testing/graphs'
import { openServer, type TestServer } from '@/server/api/testing/open-server'
import { runCli } from '@/server/cli/cli'

let server: TestServer
let folder: string
let files: { greeting: string; broken: string; yaml: string; failing: string; asking: string }

beforeAll(async () => {
  server = await openServer()
  folder = mkdtempSync(path.join(tmpdir(), 'baton-cli-'))
  const write = (name: string, text: string) => {
    writeFileSync(path.join(folder, name), text)
    return path.join(folder, name)
  }
  const failing = {
    ...greeting,
    nodes: greeting.nodes.map((node) =>
      node.id === 'greet' ? { id: 'greet', kind: 'code', config: { source: 'throw new Error("no luck")' } } : node,
    ),
  }
  files = {
    greeting: write('greeting.json', JSON.stringify(greeting)),
    broken: write(
      'broken.json',
      JSON.stringify({ ...broken, nodes: [...broken.nodes, { id: 'lost', kind: 'agnet', config: {} }] }),
    ),
    yaml: write('bad.yaml', 'baton: 1\nname: [unclosed'),
    failing: write('failing.json', JSON.stringify(failing)),
    asking: write('asking.json', JSON.stringify(asking)),
  }
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await server.close()
})

async function cli(args: readonly string[], variables: { [name: string]: string } = {}) {
  const out: string[] = []
  const err: string[] = []
  const code = await runCli(
    args,
    { BATON_URL: server.url, DATABASE_URL: server.databaseUrl, BATON_DATA_DIR: folder, ...variables },
    {
      out: (line) => void out.push(line),
      err: (line) => void err.push(line),
    },
  )
  return { code, out: out.join('\n'), err: err.join('\n') }
}

describe('what the command line starts', () => {
  test('says so in the list of runs', async () => {
    const { code, out } = await cli(['run', files.greeting, '--input', '{"who":"Ada"}', '--json'])
    expect(code).toBe(0)
    const { id } = JSON.parse(out) as { id: string }
    const { body } = await server.ask<{ items: { id: string; trigger: string }[] }>('/api/v1/runs')
    expect(body.items.find((run) => run.id === id)?.trigger).toBe('cli')
  })
})

describe('keys and links', () => {
  test('keys create prints a key that works, and nothing else', async () => {
    const { code, out, err } = await cli(['keys', 'create', '--name', 'ci'])
    expect([code, err]).toEqual([0, ''])
    expect(out).toMatch(/^baton_[\w-]{43}$/)
    expect((await server.ask('/api/v1/me', { key: out })).body).toMatchObject({ name: 'ci', role: 'admin' })
  })

  test('a key needs a name and a role that exists', async () => {
    expect(await cli(['keys', 'create'])).toMatchObject({ code: 1, out: '' })
    expect(await cli(['keys', 'create', '--name', 'x', '--role', 'king'])).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringContaining('owner, admin'),
    })
  })

  test('link prints an address that opens the sign-in page of this server', async () => {
    const { code, out } = await cli(['link'])
    expect(code).toBe(0)
    const url = new URL(out)
    expect(url.origin).toBe(server.url)
    expect((await server.ask(url.pathname + url.search, { key: null })).text).toContain('Sign in')
  })
})

describe('validate', () => {
  test('says yes without a server', async () => {
    expect(await cli(['validate', files.greeting], { BATON_URL: '', DATABASE_URL: '' })).toMatchObject({
      code: 0,
      err: '',
    })
  })

  test('names every problem and ends with 1', async () => {
    const { code, out, err } = await cli(['validate', files.broken])
    expect([code, out]).toEqual([1, ''])
    expect(err).toContain('agnet')
    expect(await cli(['validate', files.yaml])).toMatchObject({ code: 1, err: expect.stringMatching(/line \d/) })
    expect(await cli(['validate', path.join(folder, 'none.yaml')])).toMatchObject({
      code: 1,
      err: expect.stringContaining('There is no file'),
    })
  })
})

describe('run', () => {
  test('shows the nodes, prints the output and ends with 0', async () => {
    const { code, out, err } = await cli(['run', files.greeting, '--input', '{"who":"Ada"}'])
    expect([code, out]).toEqual([0, 'Hello Ada'])
    expect(err).toContain('✓ greet  Hello Ada')
  })

  test('with --json prints the whole run', async () => {
    const { code, out, err } = await cli(['run', files.greeting, '--input', '{"who":"Ada"}', '--json'])
    expect([code, err]).toEqual([0, ''])
    expect(JSON.parse(out)).toMatchObject({ status: 'completed', output: 'Hello Ada' })
  })

  test('ends with 1 when the run failed, and says where and why', async () => {
    const { code, out, err } = await cli(['run', files.failing, '--input', '{"who":"Ada"}'])
    expect([code, out]).toEqual([1, ''])
    expect(err).toContain('failed: greet')
  })

  test('follows a run over a wait for a person', async () => {
    const running = cli(['run', files.asking])
    let id = ''
    await expect
      .poll(async () => {
        const { body } = await server.ask<{ items: { id: string }[] }>('/api/v1/runs?status=waiting')
        id = body.items[0]?.id ?? ''
        return id
      })
      .not.toBe('')
    await server.ask(`/api/v1/runs/${id}/approvals/ask`, { body: { decision: 'approved', fields: { why: 'ok' } } })
    const { code, out, err } = await running
    expect([code, out]).toEqual([0, 'ok'])
    expect(err).toContain('waits for a person: Go on?')
  })

  test('a wrong input is told with the fields that are wrong', async () => {
    expect(await cli(['run', files.greeting, '--input', '{"who":5}'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('input.who must be text'),
    })
    expect(await cli(['run', files.greeting, '--input', 'tea'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('not valid JSON'),
    })
  })

  test('leaves no key behind', async () => {
    await cli(['run', files.greeting, '--input', '{"who":"Ada"}'])
    expect(await server.deps.db.apiKey.count({ where: { name: 'CLI' } })).toBe(0)
  })

  test('a server that is not there is told with how to start it', async () => {
    const { code, err } = await cli(['run', files.greeting], { BATON_URL: 'http://127.0.0.1:9' })
    expect(code).toBe(1)
    expect(err).toContain('npm start')
    expect((await cli(['run', files.greeting], { BATON_URL: '', DATABASE_URL: '' })).err).toContain('npm start')
    expect((await cli(['link'], { BATON_URL: '', DATABASE_URL: '' })).err).toContain('npm start')
  })
})

describe('import and export', () => {
  test('a file comes back as it went', async () => {
    const imported = await cli(['import', files.greeting, '--publish'])
    expect(imported.code).toBe(0)
    const target = path.join(folder, 'back.json')
    expect(await cli(['export', imported.out, '--format', 'json', '--output', target])).toMatchObject({
      code: 0,
      out: '',
    })
    expect(JSON.parse(readFileSync(target, 'utf8'))).toEqual(greeting)
    const bySlug = await cli(['export', 'greeting'])
    expect(bySlug.out).toContain('baton: 1')
    expect(await cli(['export', 'nothing'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('no such workflow'),
    })
  })
})

describe('what is not understood', () => {
  test.each([
    [['fly']],
    [['run']],
    [['run', 'a', 'b']],
    [['link', '--json']],
    [['run', 'a', '--colour']],
    [['keys']],
    [['constructor']],
  ])('%j ends with 2', async (args) => {
    const { code, out, err } = await cli(args)
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain('--help')
  })

  test.each([[[]], [['--help']], [['run', '-h']]])('%j shows the help', async (args) => {
    expect(await cli(args)).toMatchObject({ code: 0, out: expect.stringContaining('keys create --name') })
  })
})
