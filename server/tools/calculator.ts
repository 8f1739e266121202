import { NodeError } from '@/engine/failure'
import { calculatorSpec } from '@/engine/tools/built-in'
import { CalculationError, calculate } from '@/server/tools/arithmetic'
import { defineTool } from '@/server/tools/tool'

export const calculatorTool = defineTool(calculatorSpec, ({ expression }) => {
  try {
    return { result: calculate(expression) }
  } catch (error) {
    if (!(error instanceof CalculationError)) throw error
    throw new NodeError({ code: 'tool_failed', message: `The expression can't be worked out: ${error.message}` })
  }
})
