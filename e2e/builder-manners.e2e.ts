import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { addWorkflow, isSaved, middleOf, node, openBuilder, savedGraph, still } from '@/e2e/testing/builder'
import { freshPages, startBuilders } from '@/e2e/testing/builders'
import { word } from '@/e2e/testing/chance'
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
  name: 'Manners',
  nodes: [
    { id: 'start', kind: 'input', config: { fields: [{ name: 'topic', type: 'text' }] }, ...at(0, 0) },
    { id: 'write', kind: 'transform', name: 'Write', config: { template: '{{ start.topic }}' }, ...at(300, 0) },
    { id: 'done', kind: 'output', config: {}, ...at(600, 0) },
  ],
  edges: [
    { source: 'start', target: 'write' },
    { source: 'write', target: 'done' },
  ],
}
const open = async () => {
  const id = await addWorkflow(page, builders.baton, graph)
  await openBuilder(page, builders.baton, id)
  await node(page, 'done').waitFor()
  await still(page)
  return id
}
const dialog = () => page.getByRole('dialog')
const focused = () =>
  page.evaluate(
    () => document.activeElement?.getAttribute('data-id') ?? document.activeElement?.getAttribute('aria-label'),
  )
const itemsOf = async (address: string) => {
  const answer = await page.request.get(`${builders.baton.origin}/api/v1/${address}`)
  return ((await answer.json()) as { items: { version?: number }[] }).items
}

it('opens a dialog by a double click as by a click, and keeps it when a selection of text ends beside it', async () => {
  await open()
  await page.getByRole('button', { name: 'Run', exact: true }).dblclick()
  await dialog().waitFor()
  const topic = dialog().getByRole('textbox').first()
  const said = word()
  await topic.fill(said)
  const from = await middleOf(topic)
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move(20, from.y, { steps: 4 })
  await page.mouse.up()
  await still(page)
  expect(await topic.inputValue()).toBe(said)
  await page.mouse.click(20, from.y)
  await dialog().waitFor({ state: 'detached' })
})

it('publishes one version and starts one run by a double click', async () => {
  const id = await open()
  await page.getByRole('button', { name: 'Publish' }).click()
  await dialog().getByRole('button', { name: 'Publish' }).dblclick()
  await page.getByText('Version 1 is published.').waitFor(patient)
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await dialog().getByRole('textbox').first().fill(word())
  await dialog().getByRole('button', { name: /^Run/ }).dblclick()
  await expect.poll(async () => (await itemsOf(`runs?workflowId=${id}`)).length, patient).toBeGreaterThan(0)
  await dialog().waitFor({ state: 'detached' })
  await page.waitForLoadState('networkidle')
  expect(await itemsOf(`runs?workflowId=${id}`)).toHaveLength(1)
  expect((await itemsOf(`workflows/${id}/versions`)).map(({ version }) => version)).toEqual([1])
})

it('gives the focus back to where it was when a dialog is left by Escape', async () => {
  await open()
  await node(page, 'write').click()
  await node(page, 'write').focus()
  for (const keys of ['Control+k', '?', 'c', 'Control+Enter']) {
    await page.keyboard.press(keys)
    await page.locator('dialog[open]').waitFor()
    await page.keyboard.press('Escape')
    await page.locator('dialog[open]').waitFor({ state: 'detached' })
    await expect.poll(focused, { message: keys }).toBe('write')
  }
  await page.getByRole('button', { name: 'Publish' }).click()
  await dialog().waitFor()
  await page.keyboard.press('Escape')
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Publish')
})

it('leaves the keyboard on the canvas when the node or the inspector that has the focus goes away', async () => {
  const id = await open()
  await node(page, 'write').click()
  await page.keyboard.press('Delete')
  await node(page, 'write').waitFor({ state: 'detached' })
  await expect.poll(focused).toBe('Canvas')
  await page.keyboard.press('Control+z')
  const inspector = page.getByRole('complementary', { name: 'Inspector' })
  for (const [name, isGone] of [
    ['Close', false],
    ['Remove the node', true],
  ] as const) {
    await node(page, 'write').click()
    await inspector.getByRole('button', { name }).click()
    await inspector.waitFor({ state: 'detached' })
    await expect.poll(focused, { message: name }).toBe('Canvas')
    if (isGone) await page.keyboard.press('Control+z')
  }
  await node(page, 'write').waitFor()
  await isSaved(page)
  expect(await savedGraph(page, builders.baton, id)).toEqual(graph)
})

it('goes on with the canvas when the name of the workflow has been written', async () => {
  await open()
  await page.getByLabel('Name of the workflow').fill(word('Name '))
  await page.keyboard.press('Enter')
  await expect.poll(focused).toBe('Canvas')
})

it('says once what it has to say again', async () => {
  await open()
  await page.evaluate(() => {
    for (let times = 0; times < 3; times += 1) {
      const clipboardData = new DataTransfer()
      clipboardData.setData('text/plain', 'a sentence from a letter')
      document.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
    }
  })
  const said = page.getByText(/can't be pasted/)
  await said.first().waitFor()
  await still(page)
  expect(await said.count()).toBe(1)
})

it('zooms as far as the key was pressed, however quickly, and no further than it goes', async () => {
  await open()
  const zoom = () =>
    page.locator('.react-flow__viewport').evaluate((element) => new DOMMatrix(getComputedStyle(element).transform).a)
  await page.locator('.react-flow__pane').click({ position: { x: 30, y: 600 } })
  for (let times = 0; times < 25; times += 1) await page.keyboard.press('-')
  await expect.poll(zoom, patient).toBeCloseTo(0.1)
  for (let times = 0; times < 25; times += 1) await page.keyboard.press('+')
  await expect.poll(zoom, patient).toBeCloseTo(2)
})

it('lets one write on at once on the larger page, and takes over what is written there', async () => {
  const id = await open()
  await node(page, 'write').click()
  await page
    .getByRole('button', { name: /on a larger page/ })
    .first()
    .click()
  await page.locator('dialog[open]').waitFor()
  const said = word(' ')
  await page.keyboard.type(said)
  await page.keyboard.press('Escape')
  await page.locator('dialog[open]').waitFor({ state: 'detached' })
  await expect
    .poll(async () => (await savedGraph(page, builders.baton, id)).nodes[1]?.config.template, patient)
    .toBe(`{{ start.topic }}${said}`)
})
