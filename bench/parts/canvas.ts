import type { BrowserContext } from 'playwright-core'
import { signIn } from '@/bench/baton/sign-in'
import { type Baton, startBaton } from '@/bench/baton/start'
import { serveBare } from '@/bench/canvas/bare/serve'
import { type Stage, writeStage } from '@/bench/canvas/bare/stage'
import { openChromium } from '@/bench/canvas/browser'
import { crowd, crowdAgents, crowdEdges, crowdNodes } from '@/bench/canvas/crowd'
import { type Gesture, gestures } from '@/bench/canvas/gestures'
import { installProbe, interactiveAt, stageOf } from '@/bench/canvas/probe'
import { type Seen, visit, visitRun } from '@/bench/canvas/visit'
import { startChild } from '@/bench/child'
import { type Context, withCleanup } from '@/bench/context'
import { pause } from '@/bench/machine/pause'
import { temporaryFolder } from '@/bench/machine/temporary'
import type { ModelSettings } from '@/bench/models/models-main'
import type { Part } from '@/bench/parts/part'
import type { Row } from '@/bench/result'
import { median } from '@/bench/stats'

type Scene = { context: BrowserContext; server: Baton; workflow: string; bare: string }
type Sides = { bare: Seen[]; builder: Seen[] }

export const canvas: Part = {
  name: 'canvas',
  title: `the builder with ${crowdNodes} nodes and ${crowdEdges} edges beside React Flow's own nodes, in Chromium`,
  run: (context) =>
    withCleanup(async (later) => {
      const folder = temporaryFolder()
      later(folder.remove)
      const answers: ModelSettings = { answers: 'slow' }
      const models = await startChild<'url', string>('models', answers)
      later(models.stop)
      const env = {
        OPENAI_BASE_URL: await models.ask('url'),
        OPENAI_API_KEY: 'sk-bench',
        OPENAI_MODEL: 'test-model',
      }
      const server = await startBaton({ dataDir: folder.path, env, nodeOptions: context.nodeOptions('canvas') })
      later(server.stop)
      const browser = await openChromium()
      later(() => browser.close())
      const page = await serveBare()
      later(page.close)
      const place = await browser.newContext({ viewport: { width: 1440, height: 900 } })
      await signIn(place, server)
      const workflow = await server.api.publish(crowd())
      const bare = `${page.url}${writeStage(await findStage(place, builderOf(server, workflow)))}`
      const scene: Scene = { context: place, server, workflow, bare }
      const still = await alternate(context, scene, { url: builderOf(server, workflow) })
      return [...rowsOf(still), ...(await measureLive(context, scene))]
    }),
}

const builderOf = ({ host, port }: Baton, workflow: string) => `http://${host}:${port}/workflows/${workflow}`

/** What the builder shows at first is what both show; this visit also fills the caches of the server. */
async function findStage(context: BrowserContext, url: string): Promise<Stage> {
  const page = await context.newPage()
  await installProbe(page, { nodes: crowdNodes, edges: crowdEdges })
  await page.goto(url)
  await interactiveAt(page)
  const stage = await stageOf(page)
  await page.close()
  return stage
}

type Beside = { url: string; wanted?: string }

/** In turns, so that whatever else the machine does hits both. */
async function alternate({ options, say }: Context, { context, bare }: Scene, beside: Beside): Promise<Sides> {
  const [rounds, gestureMs] = options.quick ? [2, 1_500] : [5, 2_500]
  const sides: Sides = { bare: [], builder: [] }
  await visit(context, { url: bare, gestureMs: 300 })
  for (let round = 0; round < rounds; round++) {
    sides.bare.push(await visit(context, { url: bare, gestureMs }))
    sides.builder.push(await visit(context, { ...beside, gestureMs }))
    say(`canvas, round ${round + 1} of ${rounds}`)
  }
  return sides
}

const middle = (seen: readonly Seen[], value: (one: Seen) => number) => median(seen.map(value))
/** Of neighbouring rounds, so that both saw the same machine. */
const ratio = ({ bare, builder }: Sides, value: (one: Seen) => number) =>
  median(builder.map((one, round) => value(one) / (bare[round] ? value(bare[round]) : Number.NaN)))

const gestureNames: { readonly [gesture in Gesture]: string } = {
  pan: 'moving the view',
  zoom: 'zooming',
  drag: 'dragging a node',
}

const rowsOfGestures = (sides: Sides, id: string, atLeast: number): Row[] =>
  gestures.flatMap((gesture): Row[] => {
    const speed = ({ perSecond }: Seen) => perSecond[gesture]
    const name = gestureNames[gesture]
    return [
      {
        id: `${id}.${gesture}`,
        measure: `${name}: builder / bare`,
        value: ratio(sides, speed) * 100,
        unit: '%',
        goal: { atLeast },
      },
      {
        id: `${id}.${gesture}.builder`,
        measure: `${name}: builder`,
        value: middle(sides.builder, speed),
        unit: 'positions/s',
      },
      { id: `${id}.${gesture}.bare`, measure: `${name}: bare`, value: middle(sides.bare, speed), unit: 'positions/s' },
    ]
  })

function rowsOf(sides: Sides): Row[] {
  const ready = ({ interactiveMs }: Seen) => interactiveMs / 1_000
  const heap = (seen: Seen) => seen.heapMb
  return [
    ...rowsOfGestures(sides, 'canvas', 90),
    {
      id: 'canvas.ready',
      measure: 'to interactive: builder / bare',
      value: ratio(sides, ready),
      unit: '×',
      goal: { atMost: 2 },
    },
    { id: 'canvas.ready.builder', measure: 'to interactive: builder', value: middle(sides.builder, ready), unit: 's' },
    { id: 'canvas.ready.bare', measure: 'to interactive: bare', value: middle(sides.bare, ready), unit: 's' },
    {
      id: 'canvas.heap',
      measure: 'heap of the builder, after all this',
      value: middle(sides.builder, heap),
      unit: 'MB',
      goal: { atMost: 80 },
    },
    { id: 'canvas.heap.bare', measure: 'heap of the bare page', value: middle(sides.bare, heap), unit: 'MB' },
  ]
}

/** All agents at work, each hearing from its model and using a tool now and then; afterwards, going through the log. */
async function measureLive(context: Context, scene: Scene): Promise<Row[]> {
  const { server, workflow } = scene
  const { api } = server
  const { id } = await api.post<{ id: string }>(`/workflows/${workflow}/runs`, {})
  const url = `${builderOf(server, workflow)}?run=${id}`
  const began = { at: performance.now(), seq: (await api.events(id)).length }
  const sides = await alternate(context, scene, { url, wanted: '.react-flow__node .run-running' })
  const events = (await api.events(id)).length
  const perSecond = ((events - began.seq) / (performance.now() - began.at)) * 1_000
  await api.post(`/runs/${id}/cancel`)
  while (!['cancelled', 'failed'].includes((await api.get<{ status: string }>(`/runs/${id}`)).status)) await pause(50)
  const scrubbed = await visitRun(scene.context, {
    url: `http://${server.host}:${server.port}/runs/${id}`,
    gestureMs: context.options.quick ? 2_000 : 5_000,
  })
  return [
    ...rowsOfGestures(sides, 'canvas.live', 80).map((row) => ({
      ...row,
      measure: `${crowdAgents} nodes at work: ${row.measure}`,
    })),
    { id: 'canvas.live.events', measure: 'events of that run meanwhile', value: perSecond, unit: 'events/s' },
    { id: 'canvas.scrub.events', measure: 'events in its log', value: events, unit: '' },
    {
      id: 'canvas.scrub',
      measure: 'pulling the slider through that log: moments shown',
      value: scrubbed.perSecond,
      unit: 'positions/s',
    },
    { id: 'canvas.scrub.slowest', measure: 'the slowest frame of that', value: scrubbed.slowestFrameMs, unit: 'ms' },
  ]
}
