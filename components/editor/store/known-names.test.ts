import { expect, it } from 'vitest'
import { checkProblems } from '@/components/editor/store/check-problems'
import { knownNames } from '@/components/editor/store/known-names'
import { agent, editorOf, graphOf } from '@/components/editor/testing/editor-of'
import { specs } from '@/nodes/registry/specs'

const codesOf = (config: { model?: string; tools?: string[] }) => {
  const { store } = editorOf(graphOf([agent('a', { config })]))
  store.setState({ known: knownNames({ tools: [{ name: 'calculator' }], connections: [{ name: 'local' }] }) })
  checkProblems(store, () => () => {})
  return store
    .getState()
    .problems.map(({ code }) => code)
    .filter((code) => code.startsWith('unknown'))
}

it.each([['default'], ['smart'], ['simulated'], ['local/any-model:7b']])('knows the model %s', (model) => {
  expect(codesOf({ model })).toEqual([])
})

it.each([['defualt'], ['elsewhere/gpt'], ['local'], ['local/']])('says that there is no model %s', (model) => {
  expect(codesOf({ model })).toEqual(['unknown_model'])
})

it('knows the tools of the workspace and no others', () => {
  expect(codesOf({ tools: ['calculator'] })).toEqual([])
  expect(codesOf({ tools: ['calculator', 'abacus'] })).toEqual(['unknown_tool'])
})

it('checks no names before the workspace has been read', () => {
  const { store } = editorOf(graphOf([agent('a', { config: { model: 'defualt' } })]))
  checkProblems(store, () => () => {})
  expect(store.getState().problems.filter(({ code }) => code.startsWith('unknown'))).toEqual([])
})

it('checks a graph with a fresh node of every kind', () => {
  const nodes = Object.keys(specs).map((kind) => ({ id: `new_${kind}`, kind, config: {} }))
  const { store } = editorOf(graphOf(nodes))
  store.setState({ known: knownNames({ tools: [{ name: 'calculator' }], connections: [] }) })
  checkProblems(store, () => () => {})
  const { problems } = store.getState()
  expect(problems.filter(({ code }) => code === 'unknown_tool')).toEqual([])
  expect(problems.filter(({ nodeId, field }) => nodeId === 'new_tool' && field === 'tool')).toHaveLength(1)
})
