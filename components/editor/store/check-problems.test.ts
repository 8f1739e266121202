import { setImmediate } from 'node:timers/promises'
import { expect, it } from 'vitest'
import type { After } from '@/components/editor/saving/autosave'
import { checkProblems } from '@/components/editor/store/check-problems'
import { agent, editorOf, graphOf } from '@/components/editor/testing/editor-of'
import type { Problem } from '@/engine/plan/plan'

/** What is planned happens when it is called for, the shortest wait first. */
function typing() {
  const { store, findProblems } = editorOf(graphOf([agent('a', { config: { prompt: 'Hello' } })]))
  let planned: { ms: number; then: () => void } | null = null
  const after: After = (ms, then) => {
    const plan = { ms, then }
    planned = plan
    return () => {
      if (planned === plan) planned = null
    }
  }
  checkProblems(store, { after, find: findProblems })
  const pass = async (): Promise<number> => {
    const plan = planned
    planned = null
    plan?.then()
    await setImmediate()
    return plan?.ms ?? 0
  }
  const type = (value: string) =>
    store.getState().commit({ type: 'configure', node: 'a', path: ['prompt'], value }, { label: 'Edit' })
  const bad = () => store.getState().problems.filter(({ code }) => code === 'bad_expression').length
  return { store, type, pass, bad }
}

it('says nothing of half a reference while it is typed, and what is wrong with it after a pause', async () => {
  const { type, pass, bad } = typing()
  await pass()
  for (const text of ['Hello {', 'Hello {{', 'Hello {{ inp']) {
    type(text)
    expect(await pass()).toBeLessThan(200)
    expect(bad()).toBe(0)
  }
  expect(await pass()).toBeGreaterThan(400)
  expect(bad()).toBe(1)
})

it('takes a problem away as soon as it is mended, and keeps one that is still there', async () => {
  const { type, pass, bad } = typing()
  await pass()
  type('Hello {{ inp')
  await pass()
  await pass()
  type('Hello {{ inpu')
  await pass()
  expect(bad()).toBe(1)
  type('Hello {{ input }}')
  await pass()
  expect(bad()).toBe(0)
})

it('says all that is wrong with a workflow as soon as it is open', async () => {
  const { store, findProblems } = editorOf(graphOf([agent('a', { config: { prompt: 'Hello {{ nobody }}' } })]))
  checkProblems(store, { after: atOnce, find: findProblems })
  expect(store.getState()).toMatchObject({ problems: [], isChecked: false })
  await setImmediate()
  expect(store.getState().isChecked).toBe(true)
  expect(store.getState().problems).toEqual(await findProblems(store.getState()))
  expect(store.getState().problems).not.toEqual([])
})

it('forgets what was found about a graph that is another by now', async () => {
  const { store, type } = typing()
  let answer = (_problems: readonly Problem[]) => {}
  checkProblems(store, { after: atOnce, find: () => new Promise((resolve) => (answer = resolve)) })
  const first = answer
  type('Hello {{ nobody }}')
  first([{ code: 'empty', message: 'of the old graph', severity: 'error' }])
  await setImmediate()
  expect(store.getState()).toMatchObject({ problems: [], isChecked: false })
  answer([{ code: 'empty', message: 'of the new one', severity: 'error' }])
  await setImmediate()
  expect(store.getState()).toMatchObject({ problems: [{ message: 'of the new one' }], isChecked: true })
})

const atOnce: After = (_ms, then) => {
  then()
  return () => {}
}
