import type { Page } from 'playwright-core'
import { beforeAll, expect, it, onTestFinished } from 'vitest'
import { serveBare } from '@/bench/canvas/bare/serve'
import { writeStage } from '@/bench/canvas/bare/stage'
import { crowd, crowdEdges, crowdNodes } from '@/bench/canvas/crowd'
import { gestures, perform } from '@/bench/canvas/gestures'
import { installProbe, interactiveAt, stageOf } from '@/bench/canvas/probe'
import { median } from '@/bench/stats'
import type { RunningBaton } from '@/e2e/testing/baton'
import { addWorkflow, node, openBuilder, still } from '@/e2e/testing/builder'
import { startBuilders } from '@/e2e/testing/builders'
import { word } from '@/e2e/testing/chance'
import { Graph } from '@/engine/graph/schema'

/** Short and many: on a machine that others use too, whatever disturbs some of them does not decide. */
const rounds = 5
const gestureMs = 600
const many = Graph.parse(crowd())
/** The same to be run through in no time, with somebody to ask at the end. */
const asking = Graph.parse({
  ...many,
  nodes: [
    ...many.nodes.map((each) => ({ ...each, kind: 'transform', config: { template: 'tea' } })),
    { id: 'gate', kind: 'approval', config: { title: 'Go on?' }, position: { x: 0, y: -300 } },
    { id: 'done', kind: 'output', config: { value: 'over' }, position: { x: 320, y: -300 } },
  ],
  edges: [...many.edges, { source: 'gate', sourcePort: 'approved', target: 'done' }],
})

let baton: RunningBaton
let page: Page

const builders = startBuilders()
beforeAll(() => {
  baton = builders.baton
  page = builders.first
})

const addressOf = async (graph: Graph) => `${baton.origin}/workflows/${await addWorkflow(page, baton, graph)}`

const openAt = async (url: string): Promise<Page> => {
  const opened = await page.context().newPage()
  await installProbe(opened, { nodes: crowdNodes, edges: crowdEdges })
  await opened.goto(url)
  await interactiveAt(opened)
  return opened
}

/** What was drawn since the counting began, and how often. */
const countDrawn = (on: Page) =>
  on.evaluate(() => {
    globalThis.batonRenders = {}
  })
const drawn = (on: Page) => on.evaluate(() => globalThis.batonRenders ?? {})

it('moves 500 nodes nearly as React Flow moves as many plain ones, in turns with them', async () => {
  const url = await addressOf(many)
  const first = await openAt(url)
  const stage = await stageOf(first)
  await first.close()
  const bare = await serveBare()
  const [plain, builder] = [await openAt(bare.url + writeStage(stage)), await openAt(url)]
  onTestFinished(async () => {
    await plain.close()
    await builder.close()
    bare.close()
  })
  for (const gesture of gestures) {
    const [floor, reached]: [number[], number[]] = [[], []]
    for (let round = 0; round < rounds; round++) {
      await plain.bringToFront()
      floor.push(await perform(plain, gesture, gestureMs))
      await builder.bringToFront()
      reached.push(await perform(builder, gesture, gestureMs))
    }
    const seen = `${gesture}: ${reached.map(Math.round)} beside ${floor.map(Math.round)} positions a second`
    expect(median(reached) / median(floor), seen).toBeGreaterThan(0.6)
  }
}, 240_000)

it('draws one node again while it is written about, and none while the view is moved', async () => {
  const id = 'g3_4'
  await page.goto(`${await addressOf(many)}?node=${id}`)
  const name = page.getByLabel('Name of the node')
  await name.waitFor()
  await name.press('End')
  await name.press('x')
  await node(page, id).locator('[data-name$="x"]').waitFor()
  await still(page)
  await countDrawn(page)
  const typed = word()
  await name.pressSequentially(typed)
  await node(page, id).locator(`[data-name$="${typed}"]`).waitFor()
  const counts = await drawn(page)
  expect(Object.keys(counts).sort()).toEqual(['inspector', `node ${id}`])
  expect(counts[`node ${id}`]).toBeLessThanOrEqual(typed.length)

  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Show everything' }).click()
  await still(page)
  await countDrawn(page)
  const canvas = await page.locator('.react-flow').boundingBox()
  if (canvas === null) throw new Error('There is no canvas.')
  await page.mouse.move(canvas.x + canvas.width / 2, canvas.y + 20)
  await page.mouse.down()
  await page.mouse.move(canvas.x + canvas.width / 2 + 120, canvas.y + 80, { steps: 12 })
  await page.mouse.up()
  await still(page)
  expect(await drawn(page)).toEqual({})
})

it('draws the nodes again that an event of a run is about, of five hundred', async () => {
  const id = await addWorkflow(page, baton, asking)
  const post = async (path: string, data: object) => {
    const answer = await page.request.post(`${baton.origin}/api/v1${path}`, { data, headers: { origin: baton.origin } })
    expect(answer.ok(), await answer.text()).toBe(true)
    return (await answer.json()) as { id: string }
  }
  await post(`/workflows/${id}/publish`, {})
  const run = await post(`/workflows/${id}/runs`, {})
  await openBuilder(page, baton, `${id}?run=${run.id}`)
  await node(page, 'gate').locator('.run-waiting').waitFor()
  await expect.poll(() => page.locator('.run-completed').count(), { timeout: 20_000 }).toBe(crowdNodes)
  await still(page)
  await countDrawn(page)
  await post(`/runs/${run.id}/approvals/gate`, { decision: 'approved' })
  await node(page, 'done').locator('.run-completed').waitFor()
  const cards = Object.keys(await drawn(page)).filter((what) => what.startsWith('run '))
  expect(cards.sort()).toEqual(['run done', 'run gate'])
})

it('draws what stands on 500 cards a few in a frame when one comes near for the first time', async () => {
  const opened = await openAt(await addressOf(many))
  const bare = opened.locator('.node-card:empty')
  expect(await bare.count()).toBe(crowdNodes)
  const watching = opened.evaluate(
    (all) =>
      new Promise<number[]>((resolve) => {
        const counts = [0]
        const look = () => {
          const count = document.querySelectorAll('.node-card:not(:empty)').length
          counts.push(count)
          if (count === all) resolve(counts)
          else requestAnimationFrame(look)
        }
        look()
      }),
    crowdNodes,
  )
  const canvas = await opened.locator('.react-flow').boundingBox()
  if (canvas === null) throw new Error('There is no canvas.')
  await opened.mouse.move(canvas.x + canvas.width / 2, canvas.y + canvas.height / 2)
  await opened.keyboard.down('Control')
  for (let turn = 0; turn < 12; turn++) await opened.mouse.wheel(0, -120)
  await opened.keyboard.up('Control')
  const counts = await watching
  const steps = counts.map((count, index) => count - (counts[index - 1] ?? 0))
  expect(Math.max(...steps), `${steps}`).toBeLessThan(50)
  await opened.close()
})
