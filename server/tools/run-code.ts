import { runCodeSpec } from '@/engine/tools/built-in'
import { defineTool } from '@/server/tools/tool'

export const runCodeTool = defineTool(runCodeSpec, async ({ source, input = {} }, { runCode, workspaceId, signal }) => {
  const { value, logs } = await runCode({ source, globals: { input }, workspaceId, signal })
  return { result: value, logs }
})
