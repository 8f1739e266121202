import { expect, it } from 'vitest'
import { enter, nodeContext } from '../testing/context'
import { transformRun } from './run'
import { transformSpec } from './spec'

const run = (config: object) =>
  enter(transformRun, nodeContext(transformSpec, { config, values: { a: { n: 5, list: [1, 2] } } }))

it('a transform to text is always text', async () => {
  expect(await run({ template: '{{ a.n }}' })).toEqual({ output: '5' })
  expect(await run({ template: 'List: {{ a.list }}' })).toEqual({ output: 'List: [1,2]' })
})

it('a transform to JSON keeps the types of single references', async () => {
  expect(await run({ template: { n: '{{ a.n }}', all: ['{{ a.list }}', 'n={{ a.n }}', null] }, as: 'json' })).toEqual({
    output: { n: 5, all: [[1, 2], 'n=5', null] },
  })
  expect(await run({ template: '{{ a.list }}', as: 'json' })).toEqual({ output: [1, 2] })
})
