import type { Locator, Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { addWorkflow, drag, isSaved, middleOf, node, openBuilder, savedGraph, still } from '@/e2e/testing/builder'
import { freshPages, startBuilders } from '@/e2e/testing/builders'
import { number } from '@/e2e/testing/chance'
import type { Graph } from '@/engine/graph/schema'

const builders = startBuilders()
let page: Page
freshPages(builders, (fresh) => {
  page = fresh
})

const patient = { timeout: 20_000 }
const at = (x: number, y: number) => ({ position: { x, y } })
const graph: Graph = {
  baton: 1,
  name: 'Hands',
  nodes: [
    { id: 'start', kind: 'input', config: { fields: [{ name: 'topic', type: 'text' }] }, ...at(0, 0) },
    { id: 'solo', kind: 'agent', name: 'Solo', config: {}, ...at(0, 320) },
    { id: 'twin', kind: 'agent', name: 'Twin', config: {}, ...at(320, 320) },
    { id: 'crew', kind: 'team', name: 'Crew', config: { mode: 'parallel', goal: 'g' }, ...at(640, 300) },
    { id: 'member', kind: 'agent', name: 'Member', parent: 'crew', config: {}, ...at(20, 52) },
    { id: 'done', kind: 'output', config: {}, ...at(640, 0) },
  ],
  edges: [{ source: 'start', target: 'done' }],
}
type Point = { x: number; y: number }

const open = async () => {
  const id = await addWorkflow(page, builders.baton, graph)
  await openBuilder(page, builders.baton, id)
  await node(page, 'done').waitFor()
  await still(page)
  return id
}
const saved = (id: string) => savedGraph(page, builders.baton, id)
const positions = async (id: string) =>
  Object.fromEntries((await saved(id)).nodes.map((each) => [each.id, each.position]))
const scale = () =>
  page.locator('.react-flow__viewport').evaluate((element) => new DOMMatrix(getComputedStyle(element).transform).a)
const add = ({ x, y }: Point, by: Point): Point => ({ x: x + by.x, y: y + by.y })
// Places are whole numbers, and the hand moves whole pixels of the screen.
const near = ({ x, y }: Point) => ({ x: expect.closeTo(x, -0.2), y: expect.closeTo(y, -0.2) })
const shown = async (id: string): Promise<Point> => {
  const box = await node(page, id).boundingBox()
  if (box === null) throw new Error(`${id} is not on the screen.`)
  return { x: Math.round(box.x), y: Math.round(box.y) }
}
const inHand = () => page.locator('.baton-canvas[data-moving]')
const selectBoth = async () => {
  await node(page, 'solo').click()
  await node(page, 'twin').click({ modifiers: ['Shift'] })
  await still(page)
}

/** As far as a hand moves before what it holds follows. */
const tremble = 3

/** Takes hold of it and moves, without letting go. */
async function take(what: Locator, by: Point): Promise<Point> {
  const from = await middleOf(what)
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move(from.x + tremble, from.y + tremble)
  const to = add(from, { x: by.x + tremble, y: by.y + tremble })
  await page.mouse.move(to.x, to.y, { steps: 3 })
  await inHand().waitFor()
  return to
}

/** Undone it is as before, done again it is as after. */
async function thereAndBack(id: string, before: Graph): Promise<void> {
  await isSaved(page)
  const after = await saved(id)
  expect(after).not.toEqual(before)
  await page.keyboard.press('Control+z')
  await expect.poll(() => saved(id), patient).toEqual(before)
  await page.keyboard.press('Control+Shift+z')
  await expect.poll(() => saved(id), patient).toEqual(after)
}

it('moves several nodes together by exactly as much as the hand, in one step', async () => {
  const id = await open()
  await selectBoth()
  const before = await saved(id)
  const by = { x: number(40, 160), y: number(60, 140) }
  await take(node(page, 'solo'), by)
  await page.mouse.up()
  const zoom = await scale()
  const moved = { x: by.x / zoom, y: by.y / zoom }
  await expect.poll(async () => (await positions(id)).solo, patient).toEqual(near(add({ x: 0, y: 320 }, moved)))
  const { solo, twin, start, crew, member, done } = await positions(id)
  expect(twin).toEqual(add(solo ?? { x: 0, y: 0 }, { x: 320, y: 0 }))
  expect({ start, crew, member, done }).toEqual({
    start: { x: 0, y: 0 },
    crew: { x: 640, y: 300 },
    member: { x: 20, y: 52 },
    done: { x: 640, y: 0 },
  })
  await thereAndBack(id, before)
})

it('drops where the hand let go although the screen has not been drawn since the last move', async () => {
  const id = await open()
  const from = await middleOf(node(page, 'solo'))
  const by = { x: number(40, 160), y: number(60, 140) }
  await page.evaluate(
    ({ from: { x, y }, by: far, first }) => {
      const card = document.querySelector('.react-flow__node[data-id=solo]')
      const tell = (target: EventTarget | null, type: string, dx: number, dy: number) =>
        target?.dispatchEvent(
          new MouseEvent(type, {
            bubbles: true,
            cancelable: true,
            view: window,
            buttons: type === 'mouseup' ? 0 : 1,
            clientX: x + dx,
            clientY: y + dy,
          }),
        )
      tell(card, 'mousedown', 0, 0)
      tell(window, 'mousemove', first, first)
      tell(window, 'mousemove', 30, 30)
      tell(window, 'mousemove', far.x + first, far.y + first)
      tell(window, 'mouseup', far.x + first, far.y + first)
    },
    { from, by, first: tremble },
  )
  const zoom = await scale()
  await expect
    .poll(async () => (await positions(id)).solo, patient)
    .toEqual(near(add({ x: 0, y: 320 }, { x: by.x / zoom, y: by.y / zoom })))
  expect(await inHand().count()).toBe(0)
})

const endings: [string, () => Promise<unknown>][] = [
  ['Escape', () => page.keyboard.press('Escape')],
  ['another window in front', () => page.evaluate(() => void window.dispatchEvent(new Event('blur')))],
  [
    'a mouse let go where the page does not hear of it',
    () => page.evaluate(() => void document.body.dispatchEvent(new PointerEvent('pointermove', { bubbles: true }))),
  ],
]

it.each(endings)('puts back what is in the hand on %s, and nothing is saved or to be undone', async (_, end) => {
  const id = await open()
  const before = await saved(id)
  for (const many of [false, true]) {
    if (many) await selectBoth()
    const home = [await shown('solo'), await shown('twin')]
    const last = await take(node(page, 'solo'), { x: 90, y: 80 })
    await expect.poll(() => shown('solo')).not.toEqual(home[0])
    await end()
    await inHand().waitFor({ state: 'detached' })
    await expect.poll(async () => [await shown('solo'), await shown('twin')]).toEqual(home)
    await page.mouse.move(last.x + 30, last.y + 30)
    await page.mouse.up()
    await still(page)
    expect([await shown('solo'), await shown('twin')]).toEqual(home)
  }
  await isSaved(page)
  expect(await saved(id)).toEqual(before)
  expect(await page.getByRole('button', { name: 'Nothing to undo' }).count()).toBe(1)
  // The hand is as good as before.
  const from = await middleOf(node(page, 'solo'))
  await drag(page, from, add(from, { x: 0, y: 120 }))
  await expect.poll(async () => (await positions(id)).solo?.y ?? 0, patient).toBeGreaterThan(400)
})

it('a key that deletes, undoes or moves does nothing to what is in the hand', async () => {
  const id = await open()
  await node(page, 'solo').click()
  await take(node(page, 'solo'), { x: 60, y: 90 })
  for (const key of ['Delete', 'Control+z', 'ArrowLeft', 'Control+d', 'Control+g', 'n']) await page.keyboard.press(key)
  await page.mouse.up()
  await expect.poll(async () => (await positions(id)).solo?.y ?? 0, patient).toBeGreaterThan(350)
  expect((await saved(id)).nodes.map((each) => each.id)).toEqual(graph.nodes.map((each) => each.id))
})

it('lets go of a node that is taken away from elsewhere while it is in the hand', async () => {
  const id = await open()
  const rest = { ...graph, nodes: graph.nodes.filter((each) => each.id !== 'solo') }
  await take(node(page, 'solo'), { x: 60, y: 90 })
  const other = await builders.first.context().newPage()
  await openBuilder(other, builders.baton, id)
  await node(other, 'solo').click()
  await other.keyboard.press('Delete')
  await node(page, 'solo').waitFor({ state: 'detached', ...patient })
  await page.mouse.move(600, 500)
  await page.mouse.up()
  await inHand().waitFor({ state: 'detached' })
  const from = await middleOf(node(page, 'twin'))
  await drag(page, from, add(from, { x: 0, y: 100 }))
  await expect.poll(async () => (await positions(id)).twin?.y ?? 0, patient).toBeGreaterThan(380)
  expect((await saved(id)).nodes.map((each) => each.id)).toEqual(rest.nodes.map((each) => each.id))
  await other.close()
})

it('several go into a box and out again in one step each', async () => {
  const id = await open()
  await selectBoth()
  const before = await saved(id)
  const crew = await node(page, 'crew').boundingBox()
  if (crew === null) throw new Error('There is no team.')
  const parents = async () =>
    (await saved(id)).nodes.flatMap((each) => (each.parent === 'crew' ? [each.id] : [])).toSorted()
  await drag(page, await middleOf(node(page, 'solo')), add(crew, { x: crew.width * 0.6, y: crew.height - 12 }))
  await expect.poll(parents, patient).toEqual(['member', 'solo', 'twin'])
  await thereAndBack(id, before)
  await still(page)
  const inside = await saved(id)
  await page.keyboard.press('Escape')
  await selectBoth()
  await drag(page, await middleOf(node(page, 'solo')), { x: crew.x, y: crew.y - 120 })
  await expect.poll(parents, patient).toEqual(['member'])
  await thereAndBack(id, inside)
})

it('a node dropped on an edge goes in between, and Escape over the edge leaves it alone', async () => {
  const id = await open()
  const before = await saved(id)
  const from = await middleOf(node(page, 'solo'))
  const start = await middleOf(node(page, 'start'))
  const done = await middleOf(node(page, 'done'))
  const middle = { x: (start.x + done.x) / 2, y: (start.y + done.y) / 2 }
  await take(node(page, 'solo'), { x: middle.x - from.x, y: middle.y - from.y })
  await page.locator('.wire.is-welcome').waitFor({ state: 'attached' })
  await page.keyboard.press('Escape')
  await page.locator('.wire.is-welcome').waitFor({ state: 'detached' })
  await page.mouse.up()
  await drag(page, await middleOf(node(page, 'solo')), middle)
  await expect
    .poll(async () => (await saved(id)).edges, patient)
    .toEqual([
      { source: 'start', target: 'solo' },
      { source: 'solo', target: 'done' },
    ])
  await thereAndBack(id, before)
})

it('Escape puts a connection back: a new one asks for nothing, one that was taken off stays', async () => {
  const id = await open()
  const before = await saved(id)
  const port = node(page, 'solo').locator('.react-flow__handle.source')
  const twin = await middleOf(node(page, 'twin'))
  const from = await middleOf(port)
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move(twin.x, twin.y, { steps: 5 })
  await page.locator('.react-flow__connectionline').waitFor()
  await page.keyboard.press('Escape')
  await page.locator('.react-flow__connectionline').waitFor({ state: 'detached' })
  await page.mouse.up()
  const end = await middleOf(node(page, 'done').locator('.react-flow__handle.target'))
  await page.mouse.move(end.x - 6, end.y)
  await page.mouse.down()
  await page.mouse.move(end.x - 60, end.y + 80, { steps: 5 })
  await page.locator('.react-flow__connectionline').waitFor()
  await page.keyboard.press('Escape')
  await page.locator('.react-flow__connectionline').waitFor({ state: 'detached' })
  await page.mouse.up()
  await still(page)
  expect(await page.getByRole('combobox').count()).toBe(0)
  expect(await page.getByRole('button', { name: 'Nothing to undo' }).count()).toBe(1)
  expect(await saved(id)).toEqual(before)
})
