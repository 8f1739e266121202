import type { Browser, Page } from 'playwright-core'
import { beforeAll, expect, it } from 'vitest'
import type { RunningBaton } from '@/e2e/testing/baton'
import { addWorkflow, isSaved, node, openBuilder, savedGraph } from '@/e2e/testing/builder'
import { startBuilders } from '@/e2e/testing/builders'
import { word } from '@/e2e/testing/chance'
import { look } from '@/e2e/testing/visit'
import type { Graph } from '@/engine/graph/schema'

let baton: RunningBaton
let browser: Browser
let first: Page

const builders = startBuilders()
beforeAll(() => {
  ;({ baton, browser, first } = builders)
})

const patient = { timeout: 20_000 }
const graph: Graph = {
  baton: 1,
  name: 'Shared',
  nodes: [{ id: 'a', kind: 'agent', name: 'Writer', config: { model: 'default' }, position: { x: 0, y: 0 } }],
  edges: [],
}

const nameField = (page: Page) => page.getByLabel('Name of the workflow')
const savedName = (page: Page, id: string) => savedGraph(page, baton, id).then(({ name }) => name)
const state = (page: Page, wanted: string) => page.locator(`[data-saving=${wanted}]`).waitFor(patient)

/** The same workflow in two tabs, the first of which doesn't hear what the second one saves. */
async function twoTabs() {
  const id = await addWorkflow(first, baton, graph)
  const mine = await first.context().newPage()
  await openBuilder(mine, baton, id)
  await mine.context().setOffline(false)
  const other = await browser.newContext({ storageState: await first.context().storageState() })
  const theirs = await other.newPage()
  await openBuilder(theirs, baton, id)
  await nameField(theirs).fill('Theirs')
  await expect.poll(() => savedName(theirs, id), patient).toBe('Theirs')
  await nameField(mine).fill('Mine')
  await state(mine, 'conflict')
  expect(await savedName(mine, id)).toBe('Theirs')
  await mine.getByRole('button', { name: 'Two versions' }).click()
  const close = async () => {
    await mine.close()
    await other.close()
  }
  return { id, mine, close }
}

it('keeps both versions of two tabs, shows what differs, and goes on with the one that is chosen', async () => {
  const { id, mine, close } = await twoTabs()
  const dialog = mine.getByRole('dialog')
  for (const [title, now] of [
    ['What you changed here', 'Mine'],
    ['What was saved elsewhere', 'Theirs'],
  ] as const) {
    const changes = dialog.getByRole('region', { name: title })
    await changes.locator('del', { hasText: 'Shared' }).waitFor()
    await changes.locator('ins', { hasText: now }).waitFor()
  }
  await look(mine, 'builder-conflict')
  await dialog.getByRole('button', { name: 'Use mine' }).click()
  await isSaved(mine)
  expect(await savedName(mine, id)).toBe('Mine')
  await close()
})

it('keeps mine as a workflow of its own when I use theirs', async () => {
  const { id, mine, close } = await twoTabs()
  await mine.getByRole('button', { name: 'Use theirs, keep mine as a copy' }).click()
  await isSaved(mine)
  expect(await nameField(mine).inputValue()).toBe('Theirs')
  expect(await savedName(mine, id)).toBe('Theirs')
  await mine.goto(`${baton.origin}/`)
  await mine.getByText('Mine (my copy)').waitFor()
  await close()
})

it.each(['of one browser', 'of two browsers'])(
  'loses no edit when two tabs %s write at the same time',
  async (where) => {
    const ids = ['a', 'b', 'c', 'd', 'e', 'f']
    const many = ids.map((each, index) => ({
      id: each,
      kind: 'agent',
      name: each,
      config: {},
      position: { x: index * 280, y: 0 },
    }))
    const name = word('Both ')
    const id = await addWorkflow(first, baton, { ...graph, name, nodes: many })
    const storageState = await first.context().storageState()
    const context = where === 'of one browser' ? first.context() : await browser.newContext({ storageState })
    const tabs = [await first.context().newPage(), await context.newPage()]
    for (const tab of tabs) await openBuilder(tab, baton, id)
    const said: Record<string, string>[] = [{}, {}]
    for (const [turn, each] of ids.entries()) {
      const tab = tabs[turn % 2]
      const own = said[turn % 2]
      if (!tab || !own) throw new Error('There are two tabs.')
      own[each] = word(each)
      await tab.bringToFront()
      await node(tab, each).click()
      await tab.getByLabel('Name of the node').fill(own[each])
    }
    const calm = (tab: Page) =>
      expect.poll(() => tab.locator('[data-saving]').getAttribute('data-saving'), patient).toMatch(/^(saved|conflict)$/)
    for (const tab of tabs) {
      await tab.bringToFront()
      await calm(tab)
      if ((await tab.locator('[data-saving=conflict]').count()) === 0) continue
      await tab.getByRole('button', { name: 'Two versions' }).click()
      await tab.getByRole('button', { name: 'Use theirs, keep mine as a copy' }).click()
      await isSaved(tab)
    }
    const answer = await first.request.get(`${baton.origin}/api/v1/workflows?limit=100`)
    const { items } = (await answer.json()) as { items: { id: string; name: string }[] }
    const stored = await Promise.all(
      items.filter((each) => each.name.startsWith(name)).map((each) => savedGraph(first, baton, each.id)),
    )
    const names = stored.map(({ nodes }) => Object.fromEntries(nodes.map((each) => [each.id, each.name])))
    for (const own of said) expect(names).toContainEqual(expect.objectContaining(own))
    for (const tab of tabs) await tab.close()
  },
)

it('takes over what another tab of the same browser saved, as long as nothing was changed here', async () => {
  const id = await addWorkflow(first, baton, graph)
  const mine = await first.context().newPage()
  const theirs = await first.context().newPage()
  await openBuilder(mine, baton, id)
  await openBuilder(theirs, baton, id)
  await nameField(theirs).fill('Said once')
  await expect.poll(() => nameField(mine).inputValue(), patient).toBe('Said once')
  await nameField(mine).fill('Said twice')
  await expect.poll(() => savedName(mine, id), patient).toBe('Said twice')
  await expect.poll(() => nameField(theirs).inputValue(), patient).toBe('Said twice')
  await mine.close()
  await theirs.close()
})

it('says so when what was changed here is written over by another tab, and undo brings it back', async () => {
  const id = await addWorkflow(first, baton, graph)
  const mine = await first.context().newPage()
  const theirs = await first.context().newPage()
  await openBuilder(mine, baton, id)
  await openBuilder(theirs, baton, id)
  const notice = (page: Page) => page.getByText('Another draft was saved elsewhere')
  await nameField(mine).fill('Mine')
  await expect.poll(() => nameField(theirs).inputValue(), patient).toBe('Mine')
  expect(await notice(theirs).count()).toBe(0)
  await nameField(theirs).fill('Theirs')
  await notice(mine).waitFor(patient)
  expect(await nameField(mine).inputValue()).toBe('Theirs')
  await look(mine, 'builder-written-over')
  await mine.bringToFront()
  await mine.getByRole('button', { name: /^Undo/ }).click()
  await expect.poll(() => savedName(mine, id), patient).toBe('Mine')
  await mine.close()
  await theirs.close()
})

it('keeps what is changed without a network, warns before it is left, and sends it later', async () => {
  const id = await addWorkflow(first, baton, graph)
  const page = await first.context().newPage()
  await openBuilder(page, baton, id)
  await first.context().setOffline(true)
  await nameField(page).fill('Far away')
  await state(page, 'offline')
  const asked: string[] = []
  page.on('dialog', (dialog) => {
    asked.push(dialog.type())
    void dialog.dismiss()
  })
  await page.close({ runBeforeUnload: true })
  await expect.poll(() => asked, patient).toEqual(['beforeunload'])
  await first.context().setOffline(false)
  await expect.poll(() => savedName(first, id), patient).toBe('Far away')
  await page.close()
})

it('brings back what a tab could not send before it was closed', async () => {
  const id = await addWorkflow(first, baton, graph)
  const page = await first.context().newPage()
  await openBuilder(page, baton, id)
  await first.context().setOffline(true)
  await nameField(page).fill('Left behind')
  await state(page, 'offline')
  await page.close()
  await first.context().setOffline(false)
  expect(await savedName(first, id)).toBe('Shared')
  const next = await first.context().newPage()
  await openBuilder(next, baton, id)
  expect(await nameField(next).inputValue()).toBe('Left behind')
  await expect.poll(() => savedName(first, id), patient).toBe('Left behind')
  expect(await node(next, 'a').count()).toBe(1)
  await next.close()
})
