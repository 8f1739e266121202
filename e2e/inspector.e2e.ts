import type { Page } from 'playwright-core'
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import type { RunningBaton } from '@/e2e/testing/baton'
import { addWorkflow, isSaved, savedGraph } from '@/e2e/testing/builder'
import { startBuilders } from '@/e2e/testing/builders'
import { look } from '@/e2e/testing/visit'
import type { Graph } from '@/engine/graph/schema'

const graph: Graph = {
  baton: 1,
  name: 'Tea',
  nodes: [
    {
      id: 'start',
      kind: 'input',
      config: { fields: [{ name: 'topic', type: 'text', required: true }] },
      position: { x: 0, y: 0 },
    },
    {
      id: 'write',
      kind: 'agent',
      name: 'Writer',
      config: { instructions: 'You write.', prompt: 'About {{ start.topic }}.' },
      position: { x: 300, y: 0 },
    },
    {
      id: 'choose',
      kind: 'router',
      config: { routes: [{ name: 'long', when: 'size(write.text) > 40' }] },
      position: { x: 600, y: 0 },
    },
    { id: 'done', kind: 'output', config: { value: { words: '{{ write.text }}' } }, position: { x: 900, y: 0 } },
  ],
  edges: [
    { source: 'start', target: 'write' },
    { source: 'write', target: 'choose' },
    { source: 'choose', sourcePort: 'long', target: 'done' },
  ],
}

let baton: RunningBaton
let first: Page
let page: Page
let id: string
let faults: string[]

const builders = startBuilders()
beforeAll(() => {
  baton = builders.baton
  first = builders.first
})
beforeEach(async () => {
  page = await first.context().newPage()
  page.setDefaultTimeout(10_000)
  faults = []
  page.on('pageerror', (error) => faults.push(error.message))
  id = await addWorkflow(page, baton, graph)
})
afterEach(async () => {
  await page.close({ runBeforeUnload: false })
  expect(faults).toEqual([])
})

async function inspect(node: string): Promise<void> {
  await page.goto(`${baton.origin}/workflows/${id}/edit?node=${node}`)
  await page.getByRole('tab', { name: 'Setup' }).waitFor()
}

/** Runs the draft over the API and waits until it is over. */
async function run(topic: string): Promise<void> {
  const headers = { origin: baton.origin }
  const started = await page.request.post(`${baton.origin}/api/v1/workflows/${id}/runs`, {
    data: { input: { topic }, version: 'draft' },
    headers,
  })
  const { id: runId } = (await started.json()) as { id: string }
  const status = async () => {
    const answer = await page.request.get(`${baton.origin}/api/v1/runs/${runId}`)
    return ((await answer.json()) as { status: string }).status
  }
  await expect.poll(status, { timeout: 20_000 }).toBe('completed')
}

const configOf = async (node: string) =>
  (await savedGraph(page, baton, id)).nodes.find((candidate) => candidate.id === node)?.config

it('completes names and fields by keyboard, and the graph has what was written', async () => {
  await inspect('write')
  const prompt = page.getByLabel('Prompt', { exact: true })
  await prompt.focus()
  await prompt.press('Control+End')
  await page.keyboard.type(' Not {{ sta')
  await page.getByRole('option', { name: /^start/ }).waitFor()
  await prompt.press('Enter')
  await page.keyboard.type('.')
  await page.getByRole('option', { name: /^topic/ }).waitFor()
  await look(page, 'inspector-completion')
  await prompt.press('Tab')
  expect(await prompt.inputValue()).toBe('About {{ start.topic }}. Not {{ start.topic }}')
  expect(await page.getByRole('listbox', { name: 'Data' }).count()).toBe(0)
  await isSaved(page)
  expect((await configOf('write'))?.prompt).toBe('About {{ start.topic }}. Not {{ start.topic }}')
})

it('shows what the last run gave, as a preview and as data', async () => {
  await run('tea')
  await inspect('write')
  await page.getByText('About tea.', { exact: true }).waitFor()
  await page.getByLabel('Prompt', { exact: true }).fill('Only {{ start.topic | upcase }}')
  await page.getByText('Only TEA', { exact: true }).waitFor()
  await page.getByRole('tab', { name: 'Data' }).click()
  await page.getByText('"topic"').first().waitFor()
  await page.getByText('simulated', { exact: true }).waitFor()
  await page.getByRole('tab', { name: 'Runs' }).click()
  await page.getByRole('button', { name: /Done/ }).waitFor()
})

it('keeps JSON that is not finished when another node is looked at', async () => {
  await inspect('done')
  const value = page.getByLabel('Value', { exact: true })
  await value.fill('{ "words": ')
  await page.getByText('This is no JSON yet', { exact: false }).waitFor()
  await page.locator('.react-flow__node[data-id="write"]').click()
  await page.getByLabel('Instructions', { exact: true }).waitFor()
  await page.locator('.react-flow__node[data-id="done"]').click()
  await value.waitFor()
  expect(await value.inputValue()).toBe('{ "words": ')
  await value.fill('{ "words": "{{ write.text }}", "n": 2 }')
  await isSaved(page)
  expect((await configOf('done'))?.value).toEqual({ words: '{{ write.text }}', n: 2 })
})

it('says at the field what is wrong with it', async () => {
  await inspect('choose')
  const when = page.getByLabel('When', { exact: true })
  await when.fill('size(write.texd) > 40')
  await page.getByText('Did you mean', { exact: false }).first().waitFor()
  expect(await when.getAttribute('aria-invalid')).toBe('true')
  await look(page, 'inspector-problem')
  await when.fill('size(write.text) > 4')
  await expect.poll(() => when.getAttribute('aria-invalid')).toBe('false')
})

it('calls a reference wrong only when the list of names is closed', async () => {
  await inspect('write')
  const prompt = page.getByLabel('Prompt', { exact: true })
  await prompt.focus()
  await prompt.press('Control+End')
  await page.keyboard.type(' Not {{ sta')
  const names = page.getByRole('listbox', { name: 'Data' })
  await names.waitFor()
  await page.locator('.react-flow__node[data-id="write"]').getByTitle('1 problem').waitFor()
  expect(await names.count()).toBe(1)
  const wrong = page.locator('[data-inspector] [data-wrong]')
  expect(await wrong.count()).toBeGreaterThan(0)
  expect(await wrong.filter({ visible: true }).count()).toBe(0)
  await look(page, 'inspector-offering')
  await prompt.press('Escape')
  await names.waitFor({ state: 'detached' })
  expect(await wrong.filter({ visible: true }).count()).toBeGreaterThan(0)
})

it('adds, moves and removes the items of a list', async () => {
  await inspect('choose')
  await page.getByRole('button', { name: 'Add route' }).click()
  const second = page.getByRole('region', { name: 'route 2' })
  await second.getByLabel('Name', { exact: true }).fill('short')
  await second.getByRole('button', { name: 'Move route 2 up' }).click()
  await isSaved(page)
  const routes = async () => {
    const config = (await configOf('choose')) as { routes: { name: string }[] } | undefined
    return config?.routes.map(({ name }) => name)
  }
  await expect.poll(routes).toEqual(['short', 'long'])
  await page.getByRole('button', { name: 'Remove route 1' }).click()
  await expect.poll(routes).toEqual(['long'])
})

it('has a page to write instructions on, which closes with the keyboard', async () => {
  await inspect('write')
  await page.getByRole('button', { name: 'Write Instructions on a larger page' }).click()
  const dialog = page.getByRole('dialog', { name: 'Instructions' })
  const text = dialog.getByLabel('Instructions')
  await text.fill('You write five short words')
  await dialog.getByText('5 words').waitFor()
  await look(page, 'inspector-writing')
  await text.press('Control+Enter')
  await dialog.waitFor({ state: 'hidden' })
  expect(await page.getByLabel('Instructions', { exact: true }).inputValue()).toBe('You write five short words')
})

it('picks a model and a tool with the keyboard', async () => {
  await inspect('write')
  const model = page.getByRole('button', { name: 'Model', exact: true })
  const search = page.getByRole('combobox', { name: 'Search: Model' })
  await model.press('Enter')
  await search.and(page.locator(':focus')).waitFor()
  await page.keyboard.type('else')
  // Closed and opened again before the page hears of it, as quick fingers do.
  await model.evaluate((button: HTMLElement) => {
    button.click()
    button.click()
  })
  await search.and(page.locator(':focus')).waitFor()
  expect(await search.inputValue()).toBe('')
  await page.keyboard.type('sma')
  await look(page, 'inspector-models')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Add a tool' }).press('Enter')
  await page.getByRole('combobox', { name: 'Search: Add a tool' }).and(page.locator(':focus')).waitFor()
  await page.keyboard.type('calc')
  await page.keyboard.press('Enter')
  await page.getByLabel('Approval of Calculator').selectOption('always')
  await isSaved(page)
  await expect
    .poll(async () => await configOf('write'))
    .toMatchObject({ model: 'smart', tools: [{ tool: 'calculator', approval: 'always' }] })
})

it('sets up retries and errors in plain words, and an empty field takes the setting away', async () => {
  await inspect('write')
  await page.getByRole('button', { name: 'Errors and retries' }).click()
  await page.getByLabel('Try again', { exact: true }).fill('4')
  await page.getByText('Branch off', { exact: true }).click()
  await look(page, 'inspector-errors')
  const options = async () => {
    const node = (await savedGraph(page, baton, id)).nodes.find((candidate) => candidate.id === 'write')
    return { retry: node?.retry, onError: node?.onError }
  }
  await expect.poll(options).toEqual({ retry: { max: 4 }, onError: 'branch' })
  await page.getByLabel('Try again', { exact: true }).fill('many')
  await page.getByText('“many” is no number.').waitFor()
  await page.getByLabel('Try again', { exact: true }).fill('')
  await expect.poll(options).toEqual({ retry: undefined, onError: 'branch' })
})

it('makes a schema as a table', async () => {
  await inspect('write')
  await page.getByRole('button', { name: 'Add output schema' }).click()
  await page.getByRole('button', { name: 'Add field' }).click()
  await page.getByLabel('Name of the field').fill('title')
  await page.getByLabel('Type of title').selectOption('list of texts')
  await look(page, 'inspector-schema')
  await expect
    .poll(async () => (await configOf('write'))?.outputSchema)
    .toEqual({
      type: 'object',
      properties: { title: { type: 'array', items: { type: 'string' } } },
      required: ['title'],
      additionalProperties: false,
    })
})

it('puts data into a text with the mouse', async () => {
  await inspect('write')
  const instructions = page.getByLabel('Instructions', { exact: true })
  await instructions.focus()
  await instructions.press('Control+End')
  await page.getByRole('button', { name: 'Insert data' }).first().click()
  await page.getByRole('option', { name: /^start/ }).click()
  await page.keyboard.type('.to')
  await page.getByRole('option', { name: /^topic/ }).click()
  expect(await instructions.inputValue()).toBe('You write.{{ start.topic }}')
})
