import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readTemplates } from '@/server/templates/read-templates'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'templates-'))
})
afterEach(() => rm(folder, { recursive: true }))

const graph = (name: string, template: object = {}) =>
  JSON.stringify({ baton: 1, name, template, nodes: [{ id: 'done', kind: 'output' }], edges: [] })
const put = (file: string, text: string) => writeFile(path.join(folder, file), text)
const names = async () => (await readTemplates(folder)).templates.map((one) => one.graph.name)

test('a file that is added is a template at the next look, and one that is changed is read again', async () => {
  expect(await names()).toEqual([])
  await put('tea.yaml', graph('Tea'))
  expect(await readTemplates(folder)).toMatchObject({ templates: [{ id: 'tea', graph: { name: 'Tea' } }], faults: [] })
  await put('tea.yaml', graph('Green tea'))
  expect(await names()).toEqual(['Green tea'])
  await rm(path.join(folder, 'tea.yaml'))
  expect(await names()).toEqual([])
})

test('a file that did not change is not read again', async () => {
  await put('tea.yaml', graph('Tea'))
  const [before] = (await readTemplates(folder)).templates
  expect((await readTemplates(folder)).templates[0]).toBe(before)
})

test('a broken file hides no other one, and it is said what is wrong with it', async () => {
  await put('good.yaml', graph('Good'))
  await put('broken.yaml', 'baton: 1\nname: Broken\nnodes: [{ id: a, kind: nothing }]\nedges: []')
  await put('notes.txt', 'not a template')
  const { templates, faults } = await readTemplates(folder)
  expect(templates.map(({ id }) => id)).toEqual(['good'])
  expect(faults).toMatchObject([{ id: 'broken', problems: [{ code: 'unknown_kind' }] }])
})

test('the order is: start here, then by difficulty, then by name', async () => {
  await put('a.yaml', graph('A', { difficulty: 'advanced' }))
  await put('b.yaml', graph('B'))
  await put('d.yaml', graph('D', { difficulty: 'easy' }))
  await put('c.yaml', graph('C', { difficulty: 'easy' }))
  await put('z.yaml', graph('Z', { difficulty: 'advanced', tags: ['start here'] }))
  expect(await names()).toEqual(['Z', 'C', 'D', 'B', 'A'])
})

test('a folder that is missing holds no templates', async () => {
  expect(await readTemplates(path.join(folder, 'nowhere'))).toEqual({ templates: [], faults: [] })
})
