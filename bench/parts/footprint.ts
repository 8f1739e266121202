import { runBody } from '@/bench/baton/api'
import { approval, chain, tenTransforms } from '@/bench/baton/graphs'
import { type Baton, startBaton } from '@/bench/baton/start'
import { type Context, fireAll, withCleanup } from '@/bench/context'
import { pause, until } from '@/bench/machine/pause'
import { pssMbOf } from '@/bench/machine/processes'
import { temporaryFolder } from '@/bench/machine/temporary'
import type { Part } from '@/bench/parts/part'
import type { Row } from '@/bench/result'
import { median } from '@/bench/stats'

const waitingRuns = 1_000

export const footprint: Part = {
  name: 'f',
  title: 'start and memory: the built server with its own PostgreSQL, all processes together',
  run: (context) =>
    withCleanup(async (later) => {
      const folder = temporaryFolder()
      later(folder.remove)
      const first = await startBaton({ dataDir: folder.path })
      const workflow = await first.api.publish(tenTransforms()).finally(first.stop)
      const { key } = first
      const starts = await measureStarts(context, { dataDir: folder.path, key, workflow })
      const server = await startBaton({ dataDir: folder.path, key })
      later(server.stop)
      return [...starts, ...(await measureMemory(context, server, workflow)), ...(await measureWaiting(server))]
    }),
}

type Known = { dataDir: string; key: string; workflow: string }

async function measureStarts(context: Context, { dataDir, key, workflow }: Known): Promise<Row[]> {
  const ready: number[] = []
  const answered: number[] = []
  for (let round = 0; round < (context.options.quick ? 2 : 7); round++) {
    const server = await startBaton({ dataDir, key })
    try {
      const run = await server.api.run(workflow, 30)
      if (run.status !== 'completed') throw new Error(`The first run is ${run.status}.`)
      ready.push(server.readyMs / 1_000)
      answered.push((performance.now() - server.startedAt) / 1_000)
    } finally {
      await server.stop()
    }
  }
  return [
    { id: 'f.start', measure: 'process start → first 200', value: median(ready), unit: 's', goal: { atMost: 2 } },
    {
      id: 'f.first',
      measure: 'process start → first run answered',
      value: median(answered),
      unit: 's',
      goal: { atMost: 2.5 },
    },
    { id: 'f.first.max', measure: 'the slowest of these starts', value: Math.max(...answered), unit: 's' },
  ]
}

/** The least of a few seconds: garbage that is about to be collected is not memory that is needed. */
async function restingMb(server: Baton): Promise<number> {
  const seen: number[] = []
  for (let look = 0; look < 10; look++) {
    await pause(500)
    seen.push(pssMbOf(server.family()))
  }
  return Math.min(...seen)
}

const volleyAt = (server: Baton, workflow: string) => ({
  host: server.host,
  port: server.port,
  path: `/api/v1/workflows/${workflow}/runs`,
  headers: { authorization: `Bearer ${server.key}` },
  body: runBody(60),
  expect: { status: 200, text: '"status":"completed"' },
})

async function measureMemory(context: Context, server: Baton, workflow: string): Promise<Row[]> {
  const idle = await restingMb(server)
  const pages = await fetch(`http://${server.host}:${server.port}/`).then(({ status }) => status)
  const withPages = await restingMb(server)
  const seconds = context.options.quick ? 3 : 15
  const load = () => fireAll(context, { ...volleyAt(server, workflow), connections: 64, seconds })
  const first = await load()
  const loaded = await restingMb(server)
  const second = await load()
  const later = await restingMb(server)
  const runs = (count: number) => count.toLocaleString('en')
  return [
    { id: 'f.idle', measure: 'idle memory (PSS)', value: idle, unit: 'MB', goal: { atMost: 450 } },
    {
      id: 'f.idle.pages',
      measure: `idle after a page was asked for (it answered ${pages})`,
      value: withPages,
      unit: 'MB',
    },
    {
      id: 'f.loaded',
      measure: `after ${runs(first.answers)} runs at 64`,
      value: loaded,
      unit: 'MB',
      goal: { atMost: 600 },
    },
    { id: 'f.flat', measure: `after ${runs(second.answers)} more`, value: later, unit: 'MB', goal: { atMost: 600 } },
    { id: 'f.postgres', measure: 'of that, PostgreSQL', value: pssMbOf(server.postgres()), unit: 'MB' },
    { id: 'f.growth', measure: 'growth from the one to the other', value: (later / loaded - 1) * 100, unit: '%' },
  ]
}

async function measureWaiting(server: Baton): Promise<Row[]> {
  const short = await server.api.publish(chain(2))
  const waiting = await server.api.publish(approval())
  const startMany = async (workflow: string) => {
    const begin = async (count: number) => {
      for (let run = 0; run < count; run++) await server.api.run(workflow)
    }
    await Promise.all(Array.from({ length: 10 }, () => begin(waitingRuns / 10)))
  }
  // As many runs that end: what starting them leaves behind is not what waiting costs.
  await startMany(short)
  const before = await restingMb(server)
  await startMany(waiting)
  await until(async () => (await countWaiting(server)) >= waitingRuns, `${waitingRuns} runs waiting`)
  const during = await restingMb(server)
  const began = performance.now()
  const { status } = await server.api.run(short, 30)
  const answered = performance.now() - began
  if (status !== 'completed') throw new Error(`With ${waitingRuns} runs waiting, another one is ${status}.`)
  return [
    {
      id: 'f.waiting',
      measure: `${waitingRuns.toLocaleString('en')} runs that wait for a person`,
      value: during - before,
      unit: 'MB',
      goal: { atMost: 50 },
    },
    { id: 'f.waiting.other', measure: 'another run meanwhile, answered', value: answered, unit: 'ms' },
  ]
}

async function countWaiting(server: Baton): Promise<number> {
  let count = 0
  for (let cursor = ''; ; ) {
    const query = `/runs?status=waiting&limit=100${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`
    const page = await server.api.get<{ items: unknown[]; nextCursor: string | null }>(query)
    count += page.items.length
    if (page.nextCursor === null) return count
    cursor = page.nextCursor
  }
}
