import type { Page } from 'playwright-core'
import { beforeAll, expect, it } from 'vitest'
import { addWorkflow, drag, middleOf, node, openBuilder, savedGraph, still } from '@/e2e/testing/builder'
import { freshPages, startBuilders } from '@/e2e/testing/builders'
import type { Graph } from '@/engine/graph/schema'

const builders = startBuilders()
beforeAll(() => builders.first.context().grantPermissions(['clipboard-read', 'clipboard-write']))
let page: Page
freshPages(builders, (fresh) => {
  page = fresh
})

const patient = { timeout: 20_000 }
const at = (x: number, y: number) => ({ position: { x, y } })
const graph: Graph = {
  baton: 1,
  name: 'Canvas',
  nodes: [
    { id: 'start', kind: 'input', config: { fields: [{ name: 'topic', type: 'text' }] }, ...at(0, 60) },
    { id: 'solo', kind: 'agent', name: 'Solo', config: { prompt: '{{ start.topic }}' }, ...at(300, 60) },
    { id: 'crew', kind: 'team', name: 'Crew', config: { mode: 'parallel', goal: 'g' }, ...at(620, 0) },
    { id: 'member', kind: 'agent', name: 'Member', parent: 'crew', config: {}, ...at(20, 52) },
    { id: 'done', kind: 'output', config: {}, ...at(1000, 60) },
  ],
  edges: [
    { source: 'start', target: 'solo' },
    { source: 'solo', target: 'done' },
  ],
}
const open = async (wanted: Graph = graph) => {
  const id = await addWorkflow(page, builders.baton, wanted)
  await openBuilder(page, builders.baton, id)
  await node(page, wanted.nodes[0]?.id ?? '').waitFor()
  await still(page)
  return id
}
const saved = (id: string) => savedGraph(page, builders.baton, id)
const parents = async (id: string) =>
  (await saved(id)).nodes
    .flatMap((each) => (each.parent === undefined ? [] : [`${each.id} in ${each.parent}`]))
    .toSorted()

it('takes an agent into a team and out again by dragging, and both can be undone', async () => {
  const id = await open()
  const crew = await node(page, 'crew').boundingBox()
  if (crew === null) throw new Error('There is no team.')
  await drag(page, await middleOf(node(page, 'solo')), { x: crew.x + crew.width * 0.7, y: crew.y + crew.height * 0.8 })
  await expect.poll(() => parents(id), patient).toEqual(['member in crew', 'solo in crew'])
  const edges = (await saved(id)).edges
  expect(edges).toEqual([
    { source: 'start', target: 'crew' },
    { source: 'crew', target: 'done' },
  ])
  await still(page)
  const from = await middleOf(node(page, 'member'))
  await drag(page, from, { x: from.x, y: crew.y + crew.height + 200 })
  await expect.poll(() => parents(id), patient).toEqual(['solo in crew'])
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Control+z')
  await expect.poll(() => parents(id), patient).toEqual(['member in crew'])
  expect((await saved(id)).edges).toEqual(graph.edges)
})

it('copies as text and pastes with references that follow, also into another workflow', async () => {
  const id = await open()
  await node(page, 'start').click()
  await node(page, 'solo').click({ modifiers: ['Shift'] })
  await page.keyboard.press('Control+c')
  const text = await page.evaluate(() => navigator.clipboard.readText())
  expect(text).toContain('baton: 1')
  await page.keyboard.press('Control+v')
  await expect
    .poll(async () => (await saved(id)).nodes.find((each) => each.id === 'solo_2')?.config.prompt, patient)
    .toBe('{{ start_2.topic }}')
  const other = await open({
    baton: 1,
    name: 'Other',
    nodes: [{ id: 'x', kind: 'agent', config: {}, ...at(0, 0) }],
    edges: [],
  })
  await page.keyboard.press('Control+v')
  await expect
    .poll(async () => (await saved(other)).nodes.map((each) => each.id), patient)
    .toEqual(['x', 'start', 'solo'])
})

it('draws only the node again that is typed about', async () => {
  await open()
  await node(page, 'solo').click()
  const name = page.getByLabel('Name of the node')
  await name.waitFor()
  await still(page)
  await page.evaluate(() => {
    globalThis.batonRenders = {}
  })
  await name.press('End')
  await name.pressSequentially('ist writes')
  await node(page, 'solo').getByText('Soloist writes').waitFor()
  const counts = (await page.evaluate(() => globalThis.batonRenders)) ?? {}
  const drawn = Object.keys(counts).filter((what) => what.startsWith('node') || what.startsWith('edge'))
  expect(drawn).toEqual(['node solo'])
  expect(counts['node solo']).toBeLessThanOrEqual(10)
})

it('finds nodes, lays everything out, and lists what is wrong', async () => {
  const id = await open({
    ...graph,
    nodes: [...graph.nodes, { id: 'ask', kind: 'condition', config: {}, ...at(300, 60) }],
  })
  await page.keyboard.press('Control+f')
  await page.keyboard.type('member')
  await page.getByText('1 of 1').waitFor()
  await page.keyboard.press('Escape')
  await expect.poll(() => node(page, 'member').evaluate((element) => element === document.activeElement)).toBe(true)
  await page.keyboard.press('Shift+A')
  await expect
    .poll(async () => (await saved(id)).nodes.find((each) => each.id === 'ask')?.position, patient)
    .not.toEqual({ x: 300, y: 60 })
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  const problems = page.getByRole('region', { name: 'Problems' })
  await problems.getByRole('button', { name: /expression/ }).click()
  await page.locator('.react-flow__node.selected[data-id=ask]').waitFor()
})

it('resizes a box, writes a note where it stands, and groups what a region takes in', async () => {
  const id = await open({
    ...graph,
    nodes: [...graph.nodes, { id: 'memo', kind: 'note', config: { text: 'Hello' }, ...at(0, 400) }],
  })
  const found = async (wanted: string) => (await saved(id)).nodes.find((each) => each.id === wanted)
  await node(page, 'crew').click({ position: { x: 30, y: 10 } })
  await still(page)
  const crew = await node(page, 'crew').boundingBox()
  if (crew === null) throw new Error('There is no team.')
  const corner = { x: crew.x + crew.width - 4, y: crew.y + crew.height - 4 }
  await drag(page, corner, { x: corner.x - 10, y: corner.y + 90 })
  await expect.poll(async () => (await found('crew'))?.size?.height ?? 0, patient).toBeGreaterThan(200)

  await node(page, 'memo').dblclick()
  await page.getByRole('textbox', { name: 'Note', exact: true }).press('End')
  await page.keyboard.type(' there')
  await page.keyboard.press('Escape')
  await expect.poll(async () => (await found('memo'))?.config.text, patient).toBe('Hello there')

  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Show everything' }).click()
  await still(page)
  const solo = await node(page, 'solo').boundingBox()
  if (solo === null) throw new Error('There is no agent.')
  await page.keyboard.down('Shift')
  await drag(page, { x: solo.x - 12, y: solo.y - 40 }, { x: solo.x + solo.width + 8, y: solo.y + solo.height + 40 })
  await page.keyboard.up('Shift')
  await page.locator('.react-flow__node.selected[data-id=solo]').waitFor()
  await page.keyboard.press('Control+g')
  await expect.poll(() => parents(id), patient).toEqual(['member in crew', 'solo in team'])
})

it('has a menu on each node, by right click and by key, for it or for all that are selected', async () => {
  const id = await open()
  const menu = page.getByRole('menu')
  await node(page, 'solo').click({ button: 'right' })
  await menu.getByRole('menuitem', { name: 'Duplicate' }).click()
  await node(page, 'solo_2').waitFor()
  await node(page, 'start').click()
  await page.keyboard.press('Alt+ArrowRight')
  await expect.poll(() => node(page, 'solo').evaluate((element) => element === document.activeElement)).toBe(true)
  await page.keyboard.press('Shift+F10')
  await menu.waitFor()
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await menu.waitFor({ state: 'detached' })
  const ids = async () => (await saved(id)).nodes.map((each) => each.id)
  await expect.poll(ids, patient).toEqual(['start', 'crew', 'member', 'done', 'solo_2'])
  await node(page, 'member').click({ button: 'right' })
  await page.keyboard.press('Escape')
  await menu.waitFor({ state: 'detached' })
  await node(page, 'solo_2').click()
  await node(page, 'done').click({ modifiers: ['Shift'] })
  await node(page, 'done').click({ button: 'right' })
  expect(await menu.getByRole('menuitem', { name: 'Connect…' }).count()).toBe(0)
  await menu.getByRole('menuitem', { name: 'Delete' }).click()
  await expect.poll(ids, patient).toEqual(['start', 'crew', 'member'])
})
