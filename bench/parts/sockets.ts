import { chain, ticking } from '@/bench/baton/graphs'
import { type Baton, startBaton } from '@/bench/baton/start'
import { startChild } from '@/bench/child'
import { withCleanup } from '@/bench/context'
import type { WatcherAnswer, WatcherQuestion, WatcherSettings } from '@/bench/live/watcher-main'
import { pause } from '@/bench/machine/pause'
import { cpuMsOf, pssMbOf } from '@/bench/machine/processes'
import { temporaryFolder } from '@/bench/machine/temporary'
import type { Part } from '@/bench/parts/part'
import { median } from '@/bench/stats'

const runs = 100
const watchersOfRun = 10
const eventsPerSecond = 2

export const sockets: Part = {
  name: 'sockets',
  title: `${runs * watchersOfRun} sockets that watch ${runs} runs, each with ${eventsPerSecond} events a second`,
  run: ({ options, nodeOptions }) =>
    withCleanup(async (later) => {
      const folder = temporaryFolder()
      later(folder.remove)
      const server = await startBaton({ dataDir: folder.path, nodeOptions: nodeOptions('sockets') })
      later(server.stop)
      const settings: WatcherSettings = { url: `http://${server.host}:${server.port}`, key: server.key }
      const watcher = await startChild<WatcherQuestion, WatcherAnswer>('watcher', settings)
      later(watcher.stop)
      await watcher.ask({ type: 'calibrate', workflow: await server.api.publish(chain(2)) })

      const seconds = options.quick ? 15 : 90
      const started = await startRuns(server, seconds + 20)
      await watcher.ask({ type: 'watch', runs: started.flatMap((id) => Array<string>(watchersOfRun).fill(id)) })
      // What the arrival of a thousand sockets leaves behind is no part of what they need.
      await pause(5_000)
      await watcher.ask({ type: 'lags' })
      const cpuBefore = cpuMsOf([server.pid])
      const memory: number[] = []
      const began = performance.now()
      while (performance.now() - began < seconds * 1_000) {
        await pause(1_000)
        memory.push(pssMbOf([server.pid]))
      }
      const { lags } = await watcher.ask({ type: 'lags' })
      const took = (performance.now() - began) / 1_000
      const cpu = (cpuMsOf([server.pid]) - cpuBefore) / took / 10
      const third = Math.ceil(memory.length / 3)
      const [first, last] = [median(memory.slice(0, third)), median(memory.slice(-third))]
      return [
        { id: 'sockets.messages', measure: 'events that arrived', value: lags.count / took, unit: 'events/s' },
        { id: 'sockets.p50', measure: 'event recorded → in the socket, p50', value: lags.p50, unit: 'ms' },
        {
          id: 'sockets.p95',
          measure: 'event recorded (before its commit) → in the socket, p95',
          value: lags.p95,
          unit: 'ms',
          goal: { atMost: 100 },
        },
        { id: 'sockets.max', measure: 'the slowest of them', value: lags.max, unit: 'ms' },
        { id: 'sockets.cpu', measure: 'CPU of Baton, of one core', value: cpu, unit: '%' },
        { id: 'sockets.memory', measure: 'memory of Baton (PSS), in the last third', value: last, unit: 'MB' },
        {
          id: 'sockets.growth',
          measure: 'growth of its memory since the first third',
          value: (last / first - 1) * 100,
          unit: '%',
          goal: { atMost: 5 },
        },
      ]
    }),
}

/** Runs that go on for that long, with so many events a second, and not all at the same instant. */
async function startRuns({ api }: Baton, seconds: number): Promise<string[]> {
  const eventsOf = async (ticks: number) => {
    const { id } = await api.run(await api.publish(ticking(ticks, 0.01)), 30)
    return (await api.events(id)).length
  }
  const eventsOfTick = (await eventsOf(2)) - (await eventsOf(1))
  const everySeconds = eventsOfTick / eventsPerSecond
  const workflow = await api.publish(ticking(Math.ceil(seconds / everySeconds), everySeconds))
  const started: string[] = []
  for (let run = 0; run < runs; run++) {
    started.push((await api.run(workflow)).id)
    await pause((everySeconds * 1_000) / runs)
  }
  return started
}
