import { defineRun } from '@/engine/kind/run'
import { inputSpec } from './spec'

/** The run's input was checked when it was accepted. */
export const inputRun = defineRun(inputSpec, ({ input }) => ({ output: input() ?? {} }))
