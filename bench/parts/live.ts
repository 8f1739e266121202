import { chain, ticking } from '@/bench/baton/graphs'
import { type Baton, startBaton } from '@/bench/baton/start'
import { startWorker } from '@/bench/baton/worker'
import { startChild } from '@/bench/child'
import { type Context, withCleanup } from '@/bench/context'
import type { WatcherAnswer, WatcherQuestion, WatcherSettings } from '@/bench/live/watcher-main'
import { pause } from '@/bench/machine/pause'
import { temporaryFolder } from '@/bench/machine/temporary'
import type { Part } from '@/bench/parts/part'
import type { Row } from '@/bench/result'
import { median, percentile } from '@/bench/stats'
import { startEmbedded } from '@/server/db/embedded/embedded'

export const live: Part = {
  name: 'e',
  title: 'from the log to a viewer, from the queue to a worker',
  run: async (context) => [...(await measureSockets(context)), ...(await measureQueue(context))],
}

function measureSockets(context: Context): Promise<Row[]> {
  const { quick } = context.options
  return withCleanup(async (later) => {
    const folder = temporaryFolder()
    later(folder.remove)
    const server = await startBaton({ dataDir: folder.path, nodeOptions: context.nodeOptions('e') })
    later(server.stop)
    const settings: WatcherSettings = { url: `http://${server.host}:${server.port}`, key: server.key }
    const watcher = await startChild<WatcherQuestion, WatcherAnswer>('watcher', settings)
    later(watcher.stop)
    const workflow = await server.api.publish(ticking(quick ? 20 : 60, 0.25))
    const started = await Promise.all(Array.from({ length: 100 }, () => server.api.run(workflow)))
    await watcher.ask({ type: 'calibrate', workflow: await server.api.publish(chain(2)) })
    await watcher.ask({ type: 'watch', runs: started.map(({ id }) => id) })
    const began = performance.now()
    const { lags } = await watcher.ask({ type: 'finish' })
    const seconds = (performance.now() - began) / 1_000
    return [
      {
        id: 'e.events',
        measure: '100 runs watched: events that came live',
        value: lags.count / seconds,
        unit: 'events/s',
      },
      {
        id: 'e.lag.p50',
        measure: 'event recorded (before its commit) → in the socket, p50',
        value: lags.p50,
        unit: 'ms',
      },
      {
        id: 'e.lag.p95',
        measure: 'event recorded (before its commit) → in the socket, p95',
        value: lags.p95,
        unit: 'ms',
        goal: { atMost: 50 },
      },
      { id: 'e.lag.max', measure: 'the slowest of them', value: lags.max, unit: 'ms' },
    ]
  })
}

/** One process that only accepts runs and one that only drives them, so that every run goes through the queue. */
function measureQueue(context: Context): Promise<Row[]> {
  return withCleanup(async (later) => {
    const folder = temporaryFolder()
    later(folder.remove)
    const postgres = await startEmbedded({ dataDir: folder.path, log: () => {} })
    later(postgres.stop)
    const shared = { DATABASE_URL: postgres.url }
    const web = await startBaton({ dataDir: folder.path, env: { ...shared, BATON_ROLE: 'web' } })
    later(web.stop)
    const worker = startWorker({ dataDir: folder.path, env: shared })
    later(worker.stop)
    const workflow = await web.api.publish(chain(3))
    await web.api.run(workflow, 30)
    const waits = await pickUps(web, workflow, context.options.quick ? 50 : 300)
    return [
      {
        id: 'e.queue.p50',
        measure: 'queued → picked up by another process, p50',
        value: median(waits),
        unit: 'ms',
        goal: { atMost: 10 },
      },
      {
        id: 'e.queue.p95',
        measure: 'queued → picked up by another process, p95',
        value: percentile(waits, 0.95),
        unit: 'ms',
      },
    ]
  })
}

async function pickUps(web: Baton, workflow: string, count: number): Promise<number[]> {
  const ids: string[] = []
  for (let run = 0; run < count; run++) {
    ids.push((await web.api.run(workflow)).id)
    await pause(10)
  }
  const waits: number[] = []
  for (const id of ids) {
    let started: number | null = null
    while (started === null) {
      const events = await web.api.events(id)
      const at = (type: string) => events.find((event) => event.type === type)?.at
      const [from, to] = [at('run.created'), at('run.started')]
      if (from === undefined || to === undefined) await pause(20)
      else started = Date.parse(String(to)) - Date.parse(String(from))
    }
    waits.push(started)
  }
  return waits
}
