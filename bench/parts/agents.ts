import { runBody } from '@/bench/baton/api'
import { chain, threeAgents, watchedAgents } from '@/bench/baton/graphs'
import { type Baton, startBaton } from '@/bench/baton/start'
import { startChild } from '@/bench/child'
import { type Context, fireAll, withCleanup } from '@/bench/context'
import type { WatcherAnswer, WatcherQuestion, WatcherSettings } from '@/bench/live/watcher-main'
import { cpuMsOf } from '@/bench/machine/processes'
import { temporaryFolder } from '@/bench/machine/temporary'
import { askAllAtOnce } from '@/bench/models/direct'
import type { ModelSettings } from '@/bench/models/models-main'
import type { Part } from '@/bench/parts/part'
import type { Row } from '@/bench/result'
import { median } from '@/bench/stats'

const paced: ModelSettings = { answers: 'paced' }

/** What three answers of 40 tokens, 200 characters each, come to. */
const charactersOfRun = 600
/** Long enough for fifty viewers to come before the first agent begins. */
const pauseSeconds = 2

type Scene = { server: Baton; workflow: string; models: string }

export const agents: Part = {
  name: 'b',
  title: 'three agents in sequence on a local model server (50 ms + 40 tokens × 5 ms, three times)',
  run: (context) =>
    withCleanup(async (later) => {
      const folder = temporaryFolder()
      later(folder.remove)
      const modelServer = await startChild<'url', string>('models', paced)
      later(modelServer.stop)
      const models = await modelServer.ask('url')
      const env = { OPENAI_BASE_URL: models, OPENAI_API_KEY: 'sk-bench', OPENAI_MODEL: 'test-model' }
      const server = await startBaton({ dataDir: folder.path, env, nodeOptions: context.nodeOptions('b') })
      later(server.stop)
      const workflow = await server.api.publish(threeAgents())
      const scene = { server, workflow, models }
      return [
        ...(await measureAlone(context, scene)),
        ...(await measureTogether(context, scene, { count: 50, goal: 1.1 })),
        ...(await measureTogether(context, scene, { count: 200, goal: 1.25 })),
        ...(await measureWatched(context, scene)),
      ]
    }),
}

const allAnswered = (context: Context, { server, workflow }: Scene, count: number) =>
  fireAll(context, {
    host: server.host,
    port: server.port,
    path: `/api/v1/workflows/${workflow}/runs`,
    headers: { authorization: `Bearer ${server.key}` },
    body: runBody(60),
    connections: count,
    answers: count,
    expect: { status: 200, text: '"status":"completed"' },
  })

async function measureAlone(context: Context, scene: Scene): Promise<Row[]> {
  const direct: number[] = []
  const baton: number[] = []
  await allAnswered(context, scene, 1)
  for (let round = 0; round < (context.options.quick ? 3 : 11); round++) {
    direct.push(await askAllAtOnce(scene.models, 1))
    baton.push((await allAnswered(context, scene, 1)).p50)
  }
  const overhead = median(baton.map((ms, index) => ms - (direct[index] ?? Number.NaN)))
  return [
    { id: 'b.floor', measure: 'floor: the three calls alone, measured', value: median(direct), unit: 'ms' },
    { id: 'b.one', measure: 'one run', value: median(baton), unit: 'ms' },
    { id: 'b.overhead', measure: 'overhead of one run', value: overhead, unit: 'ms', goal: { atMost: 15 } },
  ]
}

type Together = { count: number; goal: number }

/** The floor is measured anew beside every round. */
async function measureTogether(context: Context, scene: Scene, { count, goal }: Together): Promise<Row[]> {
  const direct: number[] = []
  const baton: number[] = []
  const cpu: number[] = []
  await allAnswered(context, scene, count)
  for (let round = 0; round < (context.options.quick ? 2 : 7); round++) {
    const floor = await askAllAtOnce(scene.models, 1)
    direct.push((await askAllAtOnce(scene.models, count)) / floor)
    const before = cpuMsOf([scene.server.pid])
    baton.push(((await allAnswered(context, scene, count)).seconds * 1_000) / floor)
    cpu.push((cpuMsOf([scene.server.pid]) - before) / count)
  }
  return [
    {
      id: `b.all.${count}`,
      measure: `${count} runs at once, unwatched: the last answer / floor`,
      value: median(baton),
      unit: '×',
      goal: { atMost: goal },
    },
    {
      id: `b.direct.${count}`,
      measure: `the calls of ${count} runs alone, all at once / floor`,
      value: median(direct),
      unit: '×',
    },
    { id: `b.cpu.${count}`, measure: `CPU of Baton per run, ${count} at once`, value: median(cpu), unit: 'ms' },
  ]
}

async function measureWatched(context: Context, { server, models }: Scene): Promise<Row[]> {
  const count = 50
  const short = await server.api.publish(chain(2))
  const workflow = await server.api.publish(watchedAgents(pauseSeconds))
  const settings: WatcherSettings = { url: `http://${server.host}:${server.port}`, key: server.key }
  const watcher = await startChild<WatcherQuestion, WatcherAnswer>('watcher', settings)
  try {
    const slowest: number[] = []
    const shares: number[] = []
    for (let round = 0; round < (context.options.quick ? 1 : 3); round++) {
      const floor = await askAllAtOnce(models, 1)
      const started = await Promise.all(Array.from({ length: count }, () => server.api.run(workflow)))
      await watcher.ask({ type: 'calibrate', workflow: short })
      await watcher.ask({ type: 'watch', runs: started.map(({ id }) => id) })
      const { runs } = await watcher.ask({ type: 'finish' })
      const times = runs.map(({ from, endedAt }) => (from === null ? Number.NaN : endedAt - from))
      if (times.some(Number.isNaN)) throw new Error('A viewer came after the first agent had begun.')
      slowest.push(Math.max(...times) / floor)
      shares.push(runs.reduce((sum, { characters }) => sum + characters, 0) / (count * charactersOfRun))
    }
    return [
      {
        id: 'b.watched.50',
        measure: '50 at once, all watched: the last one seen to be over / floor',
        value: median(slowest),
        unit: '×',
        goal: { atMost: 1.6 },
      },
      {
        id: 'b.watched.text',
        measure: 'of their words, seen while they were being written',
        value: median(shares) * 100,
        unit: '%',
      },
    ]
  } finally {
    await watcher.stop()
  }
}
