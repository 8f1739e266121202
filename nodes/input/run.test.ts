import { expect, it } from 'vitest'
import { enter, nodeContext } from '../testing/context'
import { inputRun } from './run'
import { inputSpec } from './spec'

it('yields what the run was started with, or nothing at all as an empty object', async () => {
  const input = { topic: 'tea' }
  expect(await enter(inputRun, nodeContext(inputSpec, { config: {}, input }))).toEqual({ output: input })
  expect(await enter(inputRun, nodeContext(inputSpec, { config: {} }))).toEqual({ output: {} })
})
