import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Api, openApi } from '../testing/api'
import { type RunningBaton, startBaton } from '../testing/baton'
import { word, words } from '../testing/chance'
import { chainOf, field, inputOf, outputOf } from '../testing/graph'

let baton: RunningBaton
let api: Api
beforeAll(async () => {
  baton = await startBaton()
  api = await openApi(baton)
})
afterAll(() => baton?.stop())

type Workflow = { id: string; name: string; folderId: string | null; updatedAt: string; revision: number }
type Page = { items: Workflow[]; nextCursor: string | null }
type Folder = { id: string; name: string; workflows: number }

const add = async (name: string) => {
  const graph = { ...chainOf(inputOf(field('who')), outputOf('{{ start.who }}')), name }
  return (await api.post<Workflow>('/workflows', { graph })).body
}
const folder = async (name = word('Folder ')) => (await api.post<Folder>('/folders', { name })).body
const move = (folderId: string | null, ...workflowIds: string[]) =>
  api.post('/workflows/move', { folderId, workflowIds })
const folders = async () => await api.get<{ items: Folder[]; withoutFolder: number }>('/folders')
const names = async (query: string) =>
  (await api.get<Page>(`/workflows?limit=200&${query}`)).items.map(({ name }) => name)

describe('folders', () => {
  it('are made, filled, renamed, emptied and deleted, and the workflows stay', async () => {
    const prefix = word('In ')
    const [a, b, c] = [await add(`${prefix} a`), await add(`${prefix} b`), await add(`${prefix} c`)]
    const { id, name } = await folder()
    const before = await folders()
    expect((await move(id, a.id, b.id)).body).toEqual({ moved: 2 })
    expect(await names(`folder=${id}&sort=name`)).toEqual([a.name, b.name])
    expect(await names(`folder=none&search=${prefix}`)).toEqual([c.name])
    expect((await folders()).items.find((one) => one.id === id)).toMatchObject({ name, workflows: 2 })
    expect((await folders()).withoutFolder).toBe(before.withoutFolder - 2)
    const moved = await api.get<Workflow>(`/workflows/${a.id}`)
    expect(moved).toMatchObject({ folderId: id, updatedAt: a.updatedAt, revision: a.revision })

    const renamed = word('Renamed ')
    expect((await api.put<Folder>(`/folders/${id}`, { name: renamed })).body).toMatchObject({
      id,
      name: renamed,
      workflows: 2,
    })
    await move(null, a.id)
    expect(await names(`folder=${id}`)).toEqual([b.name])
    expect((await api.ask('DELETE', `/folders/${id}`)).status).toBe(204)
    expect((await api.get<Workflow>(`/workflows/${b.id}`)).folderId).toBeNull()
    expect((await api.ask('DELETE', `/folders/${id}`)).status).toBe(404)
  })

  it('have names that nobody else has, and take only what is there', async () => {
    const [one, two] = [await folder(), await folder()]
    const taken = { status: 409, body: { code: 'name_taken' } }
    expect(await api.post('/folders', { name: one.name })).toMatchObject(taken)
    expect(await api.put(`/folders/${two.id}`, { name: one.name })).toMatchObject(taken)
    expect((await api.post('/folders', { name: '   ' })).status).toBe(422)
    const workflow = await add(word())
    expect((await move(crypto.randomUUID(), workflow.id)).status).toBe(404)
    expect((await move(one.id, workflow.id, crypto.randomUUID())).status).toBe(404)
    expect((await api.get<Workflow>(`/workflows/${workflow.id}`)).folderId).toBeNull()
    expect(await names(`folder=${word()}`)).toEqual([])
  })
})

describe('the list of workflows', () => {
  it.each([4, 13])(
    'is sorted by name, last change or last run, in pages without a gap (%i workflows)',
    async (count) => {
      const prefix = word('S')
      const made = await Promise.all(words(count).map((name) => add(`${prefix} ${name}`)))
      const ran = made.toSorted(() => Math.random() - 0.5).slice(0, count - 2)
      for (const { id } of ran)
        expect(
          (await api.post(`/workflows/${id}/runs`, { version: 'draft', input: { who: 'x' }, wait: 20 })).status,
        ).toBe(200)
      const inPages = async (sort: string) => {
        const all: Workflow[] = []
        let cursor: string | null = null
        do {
          const page: Page = await api.get(
            `/workflows?limit=3&search=${prefix}&sort=${sort}${cursor === null ? '' : `&cursor=${cursor}`}`,
          )
          all.push(...page.items)
          cursor = page.nextCursor
        } while (cursor !== null)
        expect(new Set(all.map(({ id }) => id)).size).toBe(count)
        return all
      }
      expect((await inPages('name')).map(({ name }) => name)).toEqual(made.map(({ name }) => name).sort())
      const times = (await inPages('updated')).map(({ updatedAt }) => updatedAt)
      expect(times).toEqual([...times].sort().reverse())
      const byRun = (await inPages('run')).map(({ id }) => id)
      expect(byRun.slice(0, ran.length)).toEqual(ran.map(({ id }) => id).reverse())
      const { nextCursor } = await api.get<Page>(`/workflows?limit=1&search=${prefix}&sort=name`)
      expect((await api.ask('GET', `/workflows?sort=run&cursor=${nextCursor}`)).status).toBe(422)
    },
  )
})
