import { calculatorTool } from '@/server/tools/calculator'
import { currentTimeTool } from '@/server/tools/current-time'
import { httpRequestTool } from '@/server/tools/http-request'
import { runCodeTool } from '@/server/tools/run-code'
import type { ToolDefinition } from '@/server/tools/tool'

export const builtInDefinitions: readonly ToolDefinition[] = [
  httpRequestTool,
  runCodeTool,
  calculatorTool,
  currentTimeTool,
]
