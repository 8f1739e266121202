import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startModelServer } from '@/server/models/testing/model-server'
import { apiWith, makeKey, type Run } from './testing/api'
import {
  freshFolder,
  hasEnded,
  killGroup,
  launchBaton,
  runCommand,
  startBaton,
  startWithOwnDatabase,
  stopBaton,
} from './testing/baton'
import { number, word } from './testing/chance'
import { chainOf, field, graphOf, inputOf, node, outputOf } from './testing/graph'
import { type Peer, sendJson, startPeer } from './testing/peer'

type Own = Awaited<ReturnType<typeof startWithOwnDatabase>>

const tokenIn = (text: string) => /sign-in\?token=([\w-]+)/.exec(text)?.[1] ?? ''
const cookieOf = (response: Response) => response.headers.get('set-cookie') ?? ''

describe('a start with its own PostgreSQL', () => {
  let folder: string
  let baton: Own
  let peer: Peer
  let settings: Record<string, string>
  beforeAll(async () => {
    folder = freshFolder()
    peer = await startPeer(({ url }, response) => {
      if (!url.startsWith('/silent')) sendJson(response, 200, { url })
    })
    settings = { BATON_ALLOW_PRIVATE: `127.0.0.1:${peer.port}` }
    baton = await startWithOwnDatabase(folder, settings)
  })
  afterAll(async () => {
    await baton?.stop()
    await peer?.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const restart = async () => {
    const began = performance.now()
    baton = await startWithOwnDatabase(folder, { ...settings, PORT: baton.settings.PORT })
    return performance.now() - began
  }

  it('answers, says where, and keeps what it writes to itself', async () => {
    expect(baton.output()).toContain(`Baton listens on ${baton.origin}`)
    expect((await fetch(`${baton.origin}/`)).status).toBe(200)
    const secrets = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
      (entry) =>
        entry.isFile() && !entry.parentPath.includes('pgdata') && /key|address|password|url|lock/.test(entry.name),
    )
    expect(secrets.length).toBeGreaterThan(0)
    for (const { parentPath, name } of secrets)
      expect({ name, mode: (statSync(path.join(parentPath, name)).mode & 0o077).toString(8) }).toEqual({
        name,
        mode: '0',
      })
  })

  it('a second time on the same folder says where the first one listens, and exits 1', async () => {
    const second = launchBaton({ BATON_DATA_DIR: folder, PORT: '0' })
    expect(await second.ended).toBe(1)
    expect(second.output()).toContain(baton.origin)
    expect((await fetch(`${baton.origin}/api/v1/ready`)).status).toBe(200)
  })

  it('on a taken port says so, leaves nothing running, and the folder works with another port', async () => {
    const other = freshFolder()
    const third = launchBaton({ BATON_DATA_DIR: other, PORT: String(baton.settings.PORT) })
    expect(await third.ended).toBe(1)
    expect(third.output()).toContain(`Port ${baton.settings.PORT} is in use`)
    expect(existsSync(path.join(other, 'baton.lock'))).toBe(false)
    const fourth = await startWithOwnDatabase(other)
    expect(await fourth.stop()).toBe(0)
    rmSync(other, { recursive: true, force: true })
  })

  it('lets the command line work beside it', async () => {
    const key = await makeKey({ BATON_DATA_DIR: folder })
    expect(await apiWith(baton.origin, key).get('/me')).toMatchObject({ role: 'owner' })
    const link = await runCommand({ BATON_DATA_DIR: folder }, 'link')
    expect(link.out.startsWith(`${baton.origin}/sign-in?token=`)).toBe(true)
  })

  it.each([1, 20])(
    'after kill -9 of everything in the middle of %i runs goes on with all of them at once',
    async (count) => {
      const api = apiWith(baton.origin, await makeKey({ BATON_DATA_DIR: folder }))
      const graph = (mark: string) =>
        graphOf(
          [
            inputOf(field('n', 'number')),
            node('first', 'http', { url: `${peer.origin}/${mark}` }),
            node('dice', 'code', { source: 'return Math.random()' }),
            node('rest', 'wait', { seconds: 1.5 }),
            node('each', 'map', { items: '[1, 2, 3]' }),
            node('twice', 'code', { source: 'return item * start.n', uses: ['item', 'start'] }, { parent: 'each' }),
            outputOf({ list: '{{ each }}', dice: '{{ dice }}' }),
          ],
          ['start first dice rest each done'],
        )
      const begun = await Promise.all(
        Array.from({ length: count }, async () => {
          const [mark, n] = [word(), number()]
          return { mark, n, id: await api.begin(graph(mark), { input: { n } }) }
        }),
      )
      for (const { id } of begun) await api.untilStatus(id, 'waiting')
      const dice = new Map<string, string | undefined>()
      for (const { id } of begun)
        dice.set(id, (await api.get<Run>(`/runs/${id}`)).nodes.find((one) => one.id === 'dice')?.outputPreview)
      baton.kill()
      await baton.ended
      const took = await restart()
      expect(took).toBeLessThan(5_000)
      for (const { id, n, mark } of begun) {
        const run = await api.untilStatus(id, 'completed', 'failed')
        expect(run.output).toEqual({ list: [n, 2 * n, 3 * n], dice: Number(dice.get(id)) })
        expect(peer.heard.filter(({ url }) => url === `/${mark}`)).toHaveLength(1)
        const log = await api.events(id)
        expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1))
        expect(log.filter(({ type }) => type === 'run.completed')).toHaveLength(1)
        const steps = log.filter(({ type }) => type === 'step.completed').map((event) => `${event.path} ${event.step}`)
        expect(new Set(steps).size).toBe(steps.length)
      }
    },
  )

  it('after kill -9 in the middle of a call that may not be repeated asks a person, and repeats one that may', async () => {
    const api = apiWith(baton.origin, await makeKey({ BATON_DATA_DIR: folder }))
    const graph = (method: string, mark: string) =>
      chainOf(inputOf(), node('call', 'http', { method, url: `${peer.origin}/silent${mark}` }))
    const [get, post] = [word(), word()]
    const [read, write] = [await api.begin(graph('GET', get)), await api.begin(graph('POST', post))]
    const count = (mark: string) => peer.heard.filter(({ url }) => url === `/silent${mark}`).length
    await expect.poll(() => [count(get), count(post)], { timeout: 10_000 }).toEqual([1, 1])
    baton.kill()
    await baton.ended
    await restart()
    const asked = await api.untilStatus(write, 'waiting')
    expect(asked.waitingFor).toMatchObject([{ path: 'call', reason: 'doubt' }])
    await expect.poll(() => count(get), { timeout: 10_000 }).toBe(2)
    expect(count(post)).toBe(1)
    for (const id of [read, write]) await api.post(`/runs/${id}/cancel`)
    await api.untilStatus(read, 'cancelled')
  })

  it('loses nothing that was accepted: every 202 before a kill -9 is a run afterwards', async () => {
    const api = apiWith(baton.origin, await makeKey({ BATON_DATA_DIR: folder }))
    const graph = chainOf(
      inputOf(field('n', 'number')),
      ...Array.from({ length: 8 }, (_, index) =>
        node(`t${index}`, 'transform', { template: `{{ start.n }}-${index}` }),
      ),
      outputOf('{{ t7 }}'),
    )
    const workflow = await api.workflow(graph)
    const accepted = new Map<string, number>()
    const senders = Array.from({ length: 8 }, async () => {
      for (let sent = 0; sent < 200; sent += 1) {
        const n = number()
        const answer = await api.post<{ id: string }>(`/workflows/${workflow}/runs`, { input: { n } }).catch(() => null)
        if (answer === null) return
        if (answer.status === 202) accepted.set(answer.body.id, n)
      }
    })
    await expect.poll(() => accepted.size, { timeout: 20_000, interval: 5 }).toBeGreaterThan(60)
    baton.kill()
    await Promise.all([...senders, baton.ended])
    await restart()
    for (const [id, n] of accepted) expect((await api.untilStatus(id, 'completed', 'failed')).output).toBe(`${n}-7`)
  })

  it('hands over what is left when it is stopped, and goes on with it at the next start', async () => {
    const api = apiWith(baton.origin, await makeKey({ BATON_DATA_DIR: folder }))
    const n = number()
    const id = await api.begin(
      chainOf(inputOf(field('n', 'number')), node('rest', 'wait', { seconds: 1 }), outputOf('{{ start.n }}')),
      { input: { n } },
    )
    const began = performance.now()
    expect(await baton.stop()).toBe(0)
    expect(performance.now() - began).toBeLessThan(10_000)
    expect(existsSync(path.join(folder, 'baton.lock'))).toBe(false)
    expect(await restart()).toBeLessThan(5_000)
    expect((await api.untilStatus(id, 'completed')).output).toBe(n)
  })

  it('outlives the terminal it was started from, and stops in good order without one', async () => {
    for (const stream of [baton.child.stdout, baton.child.stderr]) stream?.destroy()
    expect((await fetch(`${baton.origin}/api/v1/ready`)).status).toBe(200)
    const ended = baton.ended
    baton.child.kill('SIGTERM')
    expect(await ended).toBe(0)
    await restart()
  })
})

describe('settings', () => {
  const tryStart = async (settings: Record<string, string>) => {
    const folder = freshFolder()
    const baton = launchBaton({ BATON_DATA_DIR: folder, PORT: '0', ...settings })
    const code = await baton.ended
    rmSync(folder, { recursive: true, force: true })
    return { code, output: baton.output() }
  }

  it('are all checked at the start, and everything that is wrong is said at once', async () => {
    const wrong = {
      PORT: '99999',
      HOST: '0.0.0.0',
      DATABASE_URL: 'mysql://x',
      BATON_ROLE: word(),
      OPENAI_BASE_URL: 'nowhere',
      BATON_SECRET_KEY: 'short',
      BATON_ALLOW_PRIVATE: 'localhost',
      BATON_LOG_LEVEL: 'loud',
      BATON_PUBLIC_URL: 'ftp://x',
      OPENAI_API_KEY: 'two words',
    }
    const { code, output } = await tryStart(wrong)
    expect(code).toBe(1)
    for (const name of Object.keys(wrong)) expect(output).toContain(name)
    expect(output.trim().split('\n').length).toBe(Object.keys(wrong).length)
  })

  it.each([
    [{ PORT: 'abc' }, /PORT must be a whole number/],
    [{ HOST: '0.0.0.0' }, /BATON_ALLOW_NETWORK=1/],
    [{ HOST: '192.168.1.7' }, /BATON_ALLOW_NETWORK=1/],
    [{ BATON_ROLE: 'worker' }, /DATABASE_URL/],
  ] as [Record<string, string>, RegExp][])('%j is refused with a sentence that helps', async (settings, wanted) => {
    const { code, output } = await tryStart(settings)
    expect(code).toBe(1)
    expect(output).toMatch(wanted)
    expect(output).not.toMatch(/^\s+at /m)
  })

  it('with a database that is not there is told in one sentence', async () => {
    const { code, output } = await tryStart({ DATABASE_URL: 'postgresql://nobody:x@127.0.0.1:9/none' })
    expect(code).toBe(1)
    expect(output.length).toBeGreaterThan(10)
  })
})

describe('an endpoint in the settings', () => {
  it('is where every alias points, with its key, which is not shown', async () => {
    const [key, text, name] = [word('sk-'), word(), word('model')]
    const models = await startModelServer({ script: () => ({ kind: 'text', text }), models: [name] })
    const baton = await startBaton({ OPENAI_BASE_URL: models.url, OPENAI_API_KEY: key })
    const api = apiWith(baton.origin, await makeKey(baton.settings))
    for (const alias of ['default', 'fast', 'smart']) {
      const run = await api.run(
        chainOf(inputOf(), node('one', 'agent', { model: alias, prompt: 'x' }), outputOf('{{ one.text }}')),
      )
      expect(run).toMatchObject({ output: text, simulated: false })
    }
    expect(models.requests.map(({ body, headers }) => [body.model, headers.authorization])).toEqual(
      Array(3).fill([name, `Bearer ${key}`]),
    )
    const listed = await api.ask('GET', '/connections')
    expect(listed.body).toMatchObject({
      items: [{ id: null, source: 'environment', baseUrl: models.url, hasKey: true }],
    })
    expect(listed.text).not.toContain(key)
    await baton.stop()
    await models.close()
  })
})

describe('the sign-in link', () => {
  it('is opened as often as one likes, spent once by the POST of its page, and gives a cookie of the right kind', async () => {
    const baton = await startBaton()
    const token = tokenIn(baton.output())
    const spend = (used: string, origin = baton.origin) =>
      fetch(`${baton.origin}/sign-in`, {
        method: 'POST',
        redirect: 'manual',
        body: new URLSearchParams({ token: used }),
        headers: { origin },
      })
    for (let look = 0; look < 3; look += 1) {
      const page = await fetch(`${baton.origin}/sign-in?token=${token}`)
      expect([page.status, cookieOf(page)]).toEqual([200, ''])
    }
    expect((await spend(token, 'https://evil.example')).status).toBe(403)
    expect(cookieOf(await spend(word().padEnd(22, 'x')))).toBe('')
    const spent = await spend(token)
    expect(spent.status).toBe(303)
    const cookie = cookieOf(spent)
    expect(cookie).toMatch(/HttpOnly/)
    expect(cookie).toMatch(/SameSite=Lax/)
    expect((await spend(token)).status).toBe(403)
    const session = cookie.split(';')[0] ?? ''
    const me = (headers: Record<string, string>) =>
      fetch(`${baton.origin}/api/v1/me`, { headers: { cookie: session, ...headers } })
    expect((await me({})).status).toBe(200)
    const change = (headers: Record<string, string>) =>
      fetch(`${baton.origin}/api/v1/keys`, {
        method: 'POST',
        body: JSON.stringify({ name: 'x' }),
        headers: { cookie: session, 'content-type': 'application/json', ...headers },
      })
    expect((await change({})).status).toBe(403)
    expect((await change({ origin: 'https://evil.example' })).status).toBe(403)
    expect((await change({ origin: baton.origin })).status).toBe(201)
    const again = await runCommand({ ...baton.settings, BATON_URL: baton.origin }, 'link')
    expect(tokenIn(again.out)).not.toBe(token)
    expect(
      (await Promise.all([spend(tokenIn(again.out)), spend(tokenIn(again.out))])).map(({ status }) => status).sort(),
    ).toEqual([303, 403])
    const out = await fetch(`${baton.origin}/api/v1/session`, {
      method: 'DELETE',
      headers: { cookie: session, origin: baton.origin },
    })
    expect(out.status).toBe(204)
    expect((await me({})).status).toBe(401)
    await baton.stop()
  })
})

describe('several processes on one PostgreSQL', () => {
  it('share the work: one answers, another drives, and a run whose driver is killed goes on within 30 seconds', async () => {
    const web = await startBaton({ BATON_ROLE: 'web' })
    const api = apiWith(web.origin, await makeKey(web.settings))
    const folder = freshFolder()
    const worker = () =>
      launchBaton({
        DATABASE_URL: web.databaseUrl,
        BATON_DATA_DIR: folder,
        BATON_ROLE: 'worker',
        BATON_SECRET_KEY: Buffer.alloc(32, 3).toString('base64'),
      })
    const first = worker()
    const n = number()
    const graph = chainOf(
      inputOf(field('n', 'number')),
      node('more', 'code', { source: 'return input.n + 1' }),
      outputOf('{{ more }}'),
    )
    expect((await api.run(graph, { input: { n } })).output).toBe(n + 1)
    const slow = await api.begin(
      chainOf(
        inputOf(field('n', 'number')),
        node(
          'spin',
          'code',
          { source: 'for (const end = Date.now() + 800; Date.now() < end;); return input.n' },
          { timeoutSeconds: 5 },
        ),
        outputOf('{{ spin }}'),
      ),
      { input: { n } },
    )
    await api.untilRun(slow, ({ nodes }) => nodes.some(({ id, status }) => id === 'spin' && status === 'running'))
    killGroup(first)
    await first.ended
    const second = worker()
    expect((await api.untilRun(slow, ({ status }) => status === 'completed', 30_000)).output).toBe(n)
    expect(hasEnded(second)).toBe(false)
    expect(await stopBaton(second)).toBe(0)
    await web.stop()
    rmSync(folder, { recursive: true, force: true })
  })
})
