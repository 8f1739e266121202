import { expect, it } from 'vitest'
import { checkProblems } from '@/components/editor/store/check-problems'
import { agent, editorOf, graphOf } from '@/components/editor/testing/editor-of'

/** What is planned happens when it is called for, the shortest wait first. */
function typing() {
  const { store } = editorOf(graphOf([agent('a', { config: { prompt: 'Hello' } })]))
  let planned: { ms: number; then: () => void } | null = null
  checkProblems(store, (ms, then) => {
    const plan = { ms, then }
    planned = plan
    return () => {
      if (planned === plan) planned = null
    }
  })
  const pass = (): number => {
    const plan = planned
    planned = null
    plan?.then()
    return plan?.ms ?? 0
  }
  const type = (value: string) =>
    store.getState().commit({ type: 'configure', node: 'a', path: ['prompt'], value }, { label: 'Edit' })
  const bad = () => store.getState().problems.filter(({ code }) => code === 'bad_expression').length
  return { type, pass, bad }
}

it('says nothing of half a reference while it is typed, and what is wrong with it after a pause', () => {
  const { type, pass, bad } = typing()
  for (const text of ['Hello {', 'Hello {{', 'Hello {{ inp']) {
    type(text)
    expect(pass()).toBeLessThan(200)
    expect(bad()).toBe(0)
  }
  expect(pass()).toBeGreaterThan(400)
  expect(bad()).toBe(1)
})

it('takes a problem away as soon as it is mended, and keeps one that is still there', () => {
  const { type, pass, bad } = typing()
  type('Hello {{ inp')
  pass()
  pass()
  type('Hello {{ inpu')
  pass()
  expect(bad()).toBe(1)
  type('Hello {{ input }}')
  pass()
  expect(bad()).toBe(0)
})
