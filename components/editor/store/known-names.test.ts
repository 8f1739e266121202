import { setImmediate } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { checkProblems } from '@/components/editor/store/check-problems'
import { problemsOf } from '@/components/editor/store/problems-of'
import type { Editor } from '@/components/editor/store/types'
import { agent, editorOf, graphOf } from '@/components/editor/testing/editor-of'
import { specs } from '@/nodes/registry/specs'

async function check(store: Editor['store']): Promise<void> {
  checkProblems(store, {
    after: (_ms, then) => {
      then()
      return () => {}
    },
    find: async (checked) => problemsOf(checked),
  })
  await setImmediate()
}

const codesOf = async (config: { model?: string; tools?: string[] }) => {
  const { store } = editorOf(graphOf([agent('a', { config })]))
  store.setState({ connections: ['local'] })
  await check(store)
  return store
    .getState()
    .problems.map(({ code }) => code)
    .filter((code) => code.startsWith('unknown'))
}

it.each([['default'], ['smart'], ['simulated'], ['local/any-model:7b']])('knows the model %s', async (model) => {
  expect(await codesOf({ model })).toEqual([])
})

it.each([['defualt'], ['elsewhere/gpt'], ['local'], ['local/']])('says that there is no model %s', async (model) => {
  expect(await codesOf({ model })).toEqual(['unknown_model'])
})

it('knows the tools of the workspace and no others', async () => {
  expect(await codesOf({ tools: ['calculator'] })).toEqual([])
  expect(await codesOf({ tools: ['calculator', 'abacus'] })).toEqual(['unknown_tool'])
})

it('checks no names before the workspace has been read', async () => {
  const { store } = editorOf(graphOf([agent('a', { config: { model: 'defualt' } })]))
  await check(store)
  expect(store.getState().problems.filter(({ code }) => code.startsWith('unknown'))).toEqual([])
})

it('checks a graph with a fresh node of every kind', async () => {
  const nodes = Object.keys(specs).map((kind) => ({ id: `new_${kind}`, kind, config: {} }))
  const { store } = editorOf(graphOf(nodes))
  store.setState({ connections: [] })
  await check(store)
  const { problems } = store.getState()
  expect(problems.filter(({ code }) => code === 'unknown_tool')).toEqual([])
  expect(problems.filter(({ nodeId, field }) => nodeId === 'new_tool' && field === 'tool')).toHaveLength(1)
})
