import { randomInt, randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { addWorkflow, drag, isSaved, middleOf, node, openBuilder, savedGraph, still } from '@/e2e/testing/builder'
import { freshPages, startBuilders } from '@/e2e/testing/builders'
import { look } from '@/e2e/testing/visit'
import type { Graph, GraphNode } from '@/engine/graph/schema'

const builders = startBuilders()
let page: Page
freshPages(builders, (fresh) => {
  page = fresh
})

const patient = { timeout: 20_000 }
const word = () => `w${randomUUID().slice(0, 6)}`
const agentAt = (id: string, x: number, y: number): GraphNode => ({
  id,
  kind: 'agent',
  name: `Agent ${id}`,
  config: { prompt: 'Say it.' },
  position: { x, y },
})
const graphOf = (nodes: GraphNode[], edges: Graph['edges'] = []): Graph => ({ baton: 1, name: word(), nodes, edges })
const open = async (graph: Graph) => {
  const id = await addWorkflow(page, builders.baton, graph)
  await openBuilder(page, builders.baton, id)
  await node(page, graph.nodes[0]?.id ?? '').waitFor()
  await still(page)
  return id
}
const saved = (id: string) => savedGraph(page, builders.baton, id)
const positions = async (id: string) => new Map((await saved(id)).nodes.map((each) => [each.id, each.position]))
const pick = async (words: string, option: RegExp) => {
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Commands' }).fill(words)
  await page.getByRole('option', { name: option }).first().click()
}

it.each([3, 7])(
  'shows while a connection is drawn where in a chain of %i it may end, and ends nowhere else',
  async (length) => {
    const ids = Array.from({ length }, () => word())
    const box: GraphNode = {
      id: word(),
      kind: 'map',
      config: { items: '[1, 2]' },
      position: { x: 0, y: 400 },
    }
    const member: GraphNode = { ...agentAt(word(), 20, 60), parent: box.id }
    const free = agentAt(word(), 700, 400)
    const edges = ids.slice(1).map((target, index) => ({ source: ids[index] ?? '', target }))
    const id = await open(
      graphOf([...ids.map((each, index) => agentAt(each, index * 300, 0)), box, member, free], edges),
    )
    const middle = ids[1] ?? ''
    const from = await middleOf(node(page, middle).locator('.react-flow__handle.source'))
    await page.mouse.move(from.x, from.y)
    await page.mouse.down()
    await page.mouse.move(from.x + 12, from.y + 12, { steps: 3 })
    await page.locator('.port-valid').first().waitFor()
    const marked = (mark: string) =>
      page
        .locator(`.${mark}`)
        .evaluateAll((all) =>
          [...new Set(all.map((each) => each.closest('.react-flow__node')?.getAttribute('data-id') ?? ''))].toSorted(),
        )
    // Neither back into what leads here, nor to itself, nor where it leads already, nor into the box.
    expect(await marked('port-valid')).toEqual([...ids.slice(3), box.id, free.id].toSorted())
    expect(await marked('port-invalid')).toEqual([...ids.slice(0, 3), member.id].toSorted())
    await look(page, 'builder-connecting')
    const back = await middleOf(node(page, ids[0] ?? '').locator('.react-flow__handle.target'))
    await page.mouse.move(back.x, back.y, { steps: 6 })
    await page.mouse.up()
    expect(await page.locator('.port-valid').count()).toBe(0)
    await drag(page, from, await middleOf(node(page, free.id)))
    const wanted = [...edges, { source: middle, target: free.id }]
    await expect.poll(async () => (await saved(id)).edges, patient).toEqual(wanted)
  },
)

it.each([2, 9])('aligns and distributes %i selected nodes, each in one step', async (count) => {
  const nodes = Array.from({ length: count }, (_, index) =>
    agentAt(word(), randomInt(0, 600), index * 130 + randomInt(0, 40)),
  )
  const id = await open(graphOf(nodes))
  const before = await positions(id)
  await page.keyboard.press('Control+a')
  const bar = page.getByRole('toolbar', { name: 'Selected nodes' })
  await bar.getByText(`${count} nodes`).waitFor()
  await bar.getByRole('button', { name: 'Align left' }).click()
  const left = Math.min(...nodes.map(({ position }) => position?.x ?? 0))
  const columns = async () => new Set([...(await positions(id)).values()].map((at) => at?.x))
  await expect.poll(columns, patient).toEqual(new Set([left]))
  await bar.getByRole('button', { name: 'Distribute from top to bottom' }).click()
  await isSaved(page)
  const gaps = async () => {
    const rows = [...(await positions(id)).values()].map((at) => at?.y ?? 0).toSorted((a, b) => a - b)
    return rows.slice(1).map((y, index) => y - (rows[index] ?? 0))
  }
  await expect
    .poll(async () => Math.max(...(await gaps())) - Math.min(...(await gaps())), patient)
    .toBeLessThanOrEqual(1)
  await page.keyboard.press('Control+z')
  if (count > 2) await page.keyboard.press('Control+z')
  await expect.poll(() => positions(id), patient).toEqual(before)
})

it('shows everything, only what is selected, or the place that is pressed in the overview', async () => {
  const far = { x: randomInt(4_000, 6_000), y: randomInt(2_000, 3_000) }
  const nodes = Array.from({ length: 12 }, (_, index) =>
    agentAt(word(), (index % 4) * 300, Math.floor(index / 4) * 160),
  )
  const lost = agentAt(word(), far.x, far.y)
  await open(graphOf([...nodes, lost]))
  const stage = page.locator('.react-flow')
  const isInside = async (id: string) => {
    const [inner, outer] = [await node(page, id).boundingBox(), await stage.boundingBox()]
    if (!inner || !outer) return false
    const right = inner.x + inner.width <= outer.x + outer.width
    return right && inner.x >= outer.x && inner.y >= outer.y && inner.y + inner.height <= outer.y + outer.height
  }
  const widthOf = async (id: string) => (await node(page, id).boundingBox())?.width ?? 0
  await pick(lost.id, /Agent/)
  await page.keyboard.press('Shift+2')
  await still(page)
  expect(await isInside(lost.id)).toBe(true)
  expect(await widthOf(lost.id)).toBeGreaterThan(200)
  expect(await isInside(nodes[0]?.id ?? '')).toBe(false)
  await page.keyboard.press('Shift+1')
  await still(page)
  for (const { id } of [...nodes, lost]) expect(await isInside(id), id).toBe(true)

  await page.keyboard.press('Shift+2')
  await still(page)
  const overview = await page.getByLabel('Overview').boundingBox()
  if (overview === null) throw new Error('There is no overview.')
  await page.mouse.click(overview.x + overview.width * 0.08, overview.y + overview.height * 0.15)
  await still(page)
  const seen = await Promise.all(nodes.map(({ id }) => isInside(id)))
  expect(seen).toContain(true)
  expect(await isInside(lost.id)).toBe(false)
})

it('finds a kind in the palette, and adds by / where the pointer is', async () => {
  const only = agentAt(word(), 0, 0)
  const id = await open(graphOf([only]))
  const palette = page.getByRole('complementary', { name: 'Palette' })
  await palette.getByRole('searchbox').fill('approv')
  await expect.poll(() => palette.locator('[data-kind]').count(), patient).toBe(1)
  await page.keyboard.press('Enter')
  await node(page, 'approval').waitFor()
  await palette.getByRole('searchbox').fill(word())
  await palette.getByText('Nothing is called that.').waitFor()

  const stage = await page.locator('.react-flow').boundingBox()
  if (stage === null) throw new Error('There is no canvas.')
  const pointer = { x: stage.x + randomInt(150, 300), y: stage.y + stage.height - randomInt(250, 300) }
  await page.mouse.click(pointer.x, pointer.y)
  await page.keyboard.press('/')
  await page.getByRole('combobox', { name: 'Add a node' }).fill('transf')
  await page.keyboard.press('Enter')
  await node(page, 'transform').waitFor()
  await still(page)
  const middle = await middleOf(node(page, 'transform'))
  expect(Math.hypot(middle.x - pointer.x, middle.y - pointer.y)).toBeLessThan(40)
  await isSaved(page)
  const kinds = async () => (await saved(id)).nodes.map(({ kind }) => kind)
  await expect.poll(kinds, patient).toEqual(['agent', 'approval', 'transform'])
})

it('goes by Ctrl K to a node, another workflow and a run, and does what is chosen there', async () => {
  const other = graphOf([{ id: 'note', kind: 'note', config: { text: 'x' }, position: { x: 0, y: 0 } }])
  const otherId = await addWorkflow(page, builders.baton, other)
  const steps = Array.from({ length: 6 }, () => word())
  const nodes: GraphNode[] = steps.map((id, index) => ({
    id,
    kind: 'transform',
    name: word(),
    config: { template: 'x' },
    position: { x: index * 300, y: 0 },
  }))
  const graph = graphOf([...nodes, { id: 'done', kind: 'output', config: {}, position: { x: 1_900, y: 0 } }])
  const id = await open(graph)
  const wanted = nodes[randomInt(0, nodes.length)]
  await pick(wanted?.name ?? '', new RegExp(wanted?.id ?? ''))
  await page.locator(`.react-flow__node.selected[data-id="${wanted?.id}"]`).waitFor()

  const before = (await saved(id)).nodes.length
  await pick('select everything', /^Select everything/)
  await pick('duplicate', /^Duplicate/)
  await expect.poll(async () => (await saved(id)).nodes.length, patient).toBe(before * 2)

  const answer = await page.request.post(`${builders.baton.origin}/api/v1/workflows/${id}/runs`, {
    data: { version: 'draft', input: {}, wait: 30 },
    headers: { origin: builders.baton.origin },
  })
  const { id: runId } = (await answer.json()) as { id: string }
  await pick(other.name, new RegExp(other.name))
  await page.waitForURL(new RegExp(`/workflows/${otherId}`))
  await node(page, 'note').waitFor()
  await pick(runId, new RegExp(graph.name))
  await page.waitForURL(new RegExp(`/runs/${runId}`))
})

it('lists its keys on ?, and they do what is said there', async () => {
  const pair = [agentAt(word(), 0, 0), agentAt(word(), 400, 0)]
  const id = await open(graphOf(pair))
  await page.keyboard.press('?')
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  for (const title of ['Add a node…', 'Undo', 'Group into a team', 'Arrange everything', 'Show everything', 'Run']) {
    await sheet.getByText(title, { exact: true }).waitFor()
  }
  const keysOf = (title: string) =>
    sheet
      .locator('dt', { hasText: title })
      .first()
      .locator('xpath=following-sibling::dd')
      .locator('kbd')
      .allTextContents()
  const [group = ''] = await keysOf('Group into a team')
  await page.keyboard.press('Escape')
  await sheet.waitFor({ state: 'hidden' })
  await page.keyboard.press('Control+a')
  await page.keyboard.press(group.replace('Ctrl', 'Control').replaceAll(' ', '+'))
  await expect
    .poll(async () => (await saved(id)).nodes.filter(({ parent }) => parent !== undefined).length, patient)
    .toBe(2)
})

it('asks for the input by the form that the graph describes, and remembers what was given', async () => {
  const [topic, choices] = [word(), [word(), word(), word()]]
  const fields = [
    { name: 'topic', type: 'text', required: true },
    { name: 'style', type: 'choice', choices },
    { name: 'count', type: 'number' },
  ]
  await open(
    graphOf(
      [
        { id: 'start', kind: 'input', config: { fields }, position: { x: 0, y: 0 } },
        { id: 'done', kind: 'output', config: { value: '{{ start }}' }, position: { x: 400, y: 0 } },
      ],
      [{ source: 'start', target: 'done' }],
    ),
  )
  const count = String(randomInt(1, 1_000))
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  const form = page.getByRole('dialog')
  await form.getByLabel(/topic/i).fill(topic)
  await form.getByLabel(/style/i).selectOption(choices[2] ?? '')
  await form.getByLabel(/count/i).fill(count)
  await form.getByRole('button', { name: 'Run the draft' }).click()
  await page
    .getByRole('complementary', { name: 'Run' })
    .or(page.getByRole('region', { name: 'Run' }))
    .first()
    .getByText('Completed')
    .waitFor()
  await page.reload()
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await expect.poll(() => form.getByLabel(/topic/i).inputValue(), patient).toBe(topic)
  expect(await form.getByLabel(/style/i).inputValue()).toBe(choices[2])
  expect(await form.getByLabel(/count/i).inputValue()).toBe(count)
})

it('knows the public prices of a model at the host that publishes them', async () => {
  const connection = word()
  const made = await page.request.post(`${builders.baton.origin}/api/v1/connections`, {
    data: { name: connection, baseUrl: 'https://api.openai.com/v1', key: word(), models: ['gpt-4o-mini', word()] },
    headers: { origin: builders.baton.origin },
  })
  const { knownPrices } = (await made.json()) as { knownPrices: { [model: string]: { input: number } } }
  expect(Object.keys(knownPrices)).toEqual(['gpt-4o-mini'])
  await open(graphOf([agentAt('a', 0, 0)]))
  await node(page, 'a').click()
  await page.getByRole('button', { name: 'Model', exact: true }).click()
  const said = `\\$${knownPrices['gpt-4o-mini']?.input} in`
  await page.getByRole('option', { name: new RegExp(`^${connection}/gpt-4o-mini.*${said}`) }).waitFor()
})

it('says beside each model what it costs, as far as somebody has said', async () => {
  const [connection, priced, unpriced] = [word(), word(), word()]
  const [input, output] = [randomInt(1, 90), randomInt(1, 90)]
  const made = await page.request.post(`${builders.baton.origin}/api/v1/connections`, {
    data: {
      name: connection,
      baseUrl: 'http://127.0.0.1:9/v1',
      key: word(),
      models: [priced, unpriced],
      prices: { [priced]: { input, output } },
    },
    headers: { origin: builders.baton.origin },
  })
  expect(made.status(), await made.text()).toBe(201)
  const only = agentAt(word(), 0, 0)
  await open(graphOf([only]))
  await node(page, only.id).click()
  await page.getByRole('button', { name: 'Model', exact: true }).click()
  await page
    .getByRole('option', { name: new RegExp(`^${connection}/${priced}.*\\$${input} in · \\$${output} out`) })
    .waitFor()
  await page.getByRole('option', { name: new RegExp(`^${connection}/${unpriced}.*price unknown`) }).waitFor()
})

it('keeps to the node on the canvas: a key pressed in the inspector does nothing there, and scrolling stays inside', async () => {
  const pair = [agentAt(word(), 0, 0), agentAt(word(), 400, 0)]
  const id = await open(graphOf(pair))
  const wanted = pair[randomInt(0, 2)]?.id ?? ''
  await node(page, wanted).click()
  const inspector = page.getByRole('complementary', { name: 'Inspector' })
  await inspector.getByRole('tab', { name: 'Setup' }).focus()
  for (const key of ['Delete', 'Backspace', 'p', '=', 'c']) await page.keyboard.press(key)
  expect(await page.getByRole('dialog').count()).toBe(0)
  for (const more of await inspector.locator('summary').all()) await more.click()
  const tallest = () => page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight)
  expect(await tallest()).toBe(0)
  expect((await saved(id)).nodes.length).toBe(pair.length)
  await node(page, wanted).focus()
  await page.keyboard.press('Delete')
  await expect.poll(async () => (await saved(id)).nodes.map((each) => each.id), patient).not.toContain(wanted)
})
