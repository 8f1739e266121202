import { NodeError } from '@/engine/failure'
import type { Json } from '@/engine/json'
import type { ToolSpec, TypedToolSpec } from '@/engine/tools/tool-spec'
import type { SendRequest } from '@/server/outbound/request'
import type { RunCode } from '@/server/sandbox/sandbox'

export type ToolContext = {
  signal: AbortSignal
  /** The same for every attempt of the same call. */
  idempotencyKey: string
  workspaceId: string
  request: SendRequest
  runCode: RunCode
  now: () => number
}

export type ToolDefinition = ToolSpec & {
  /** Checks the arguments itself: they may come from a model. */
  run: (args: Json, context: ToolContext) => Promise<Json>
}

export function defineTool<A>(
  spec: TypedToolSpec<A>,
  run: (args: A, context: ToolContext) => Promise<Json> | Json,
): ToolDefinition {
  const { schema, ...rest } = spec
  return {
    ...rest,
    run: async (args, context) => {
      const parsed = schema.safeParse(args)
      if (!parsed.success) throw invalidArguments(spec.name, parsed.error.issues)
      return run(parsed.data, context)
    },
  }
}

function invalidArguments(tool: string, issues: readonly { path: PropertyKey[]; message: string }[]): NodeError {
  const problems = issues
    .slice(0, 5)
    .map(({ path, message }) => `${path.length === 0 ? 'arguments' : path.map(String).join('.')}: ${message}`)
  return new NodeError({
    code: 'tool_failed',
    message: `${tool} was called with arguments that don't fit. ${problems.join('; ')}`,
  })
}
