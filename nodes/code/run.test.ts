import { expect, it } from 'vitest'
import { enter, nodeContext } from '../testing/context'
import { openDesk } from '../testing/desk'
import { codeRun } from './run'
import { codeSpec } from './spec'

it('code gets what arrives and the values it uses, under their names, and its answer is the output', async () => {
  const desk = openDesk({ code: ({ source, input }) => ({ source, input }) })
  const config = { source: 'return a.n', uses: ['a', 'index', 'gone'] }
  const context = nodeContext(codeSpec, { config, desk, input: 'in', values: { a: { n: 5 }, index: 2 } })
  expect(await enter(codeRun, context)).toEqual({
    output: { source: 'return a.n', input: { input: 'in', a: { n: 5 }, index: 2, gone: null } },
  })
  expect(desk.done).toEqual(['run'])
})
