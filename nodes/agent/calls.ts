import { type FailureCode, NodeError } from '@/engine/failure'
import { isJsonObject, type Json } from '@/engine/json'
import type { NodeContext, WaitRequest } from '@/engine/kind/run'
import type { Message, ToolCall } from '@/engine/model/types'
import { wholeText } from '@/engine/text-of'
import type { AgentConfig } from './spec'
import { faultOf, type Toolbox } from './toolbox'

type Context = NodeContext<AgentConfig>
type Answered = { type: 'results'; messages: readonly Message[] } | { type: 'wait'; wait: WaitRequest }
type Placed = { step: string; call: ToolCall }
type Todo = { type: 'tell'; content: string } | { type: 'use'; approved: boolean } | { type: 'ask' }

/** These end the node; whatever else goes wrong in a tool is for the model to know and to act on. */
const fatal: readonly FailureCode[] = [
  'budget_exceeded',
  'cancelled',
  'cassette_miss',
  'engine_mismatch',
  'in_doubt',
  'internal',
  'missing_secret',
  'quarantined',
]

const longestResult = 60_000

/** Does the tool calls of one answer: side by side what may be done, then it asks for one after another of the rest. */
export async function answerCalls(
  context: Context,
  toolbox: Toolbox,
  { number, calls }: { number: number; calls: readonly ToolCall[] },
): Promise<Answered> {
  const placed = calls.map((call, index): Placed => ({ step: `m${number}.t${index + 1}`, call }))
  const todos: Todo[] = []
  for (const place of placed) todos.push(await todoOf(context, toolbox, place))
  const settled = await Promise.allSettled(placed.map((place, index) => carryOut(context, place, todos[index])))
  // The others have finished and are recorded before the node stops.
  for (const result of settled) if (result.status === 'rejected') throw result.reason
  const asked = placed.find((_, index) => todos[index]?.type === 'ask')
  if (asked !== undefined) {
    const { name, arguments: given } = asked.call
    return { type: 'wait', wait: { reason: 'tool_approval', step: asked.step, tool: name, arguments: given } }
  }
  const messages = settled.map(
    (result, index): Message => ({
      role: 'tool',
      toolCallId: placed[index]?.call.id ?? '',
      content: result.status === 'fulfilled' ? shorten(result.value) : '',
    }),
  )
  return { type: 'results', messages }
}

async function todoOf(context: Context, toolbox: Toolbox, { step, call }: Placed): Promise<Todo> {
  const { steps } = context
  const failed = steps.recorded(`${step}.error`)
  if (failed !== undefined) return { type: 'tell', content: errorText(wholeText(failed)) }
  const fault = faultOf(toolbox, call)
  if (fault !== null) return { type: 'tell', content: errorText(fault) }
  if (toolbox.get(call.name)?.asks !== true || steps.recorded(step) !== undefined)
    return { type: 'use', approved: false }
  const decision = await decisionOn(context, step)
  if (!isJsonObject(decision)) return { type: 'ask' }
  if (decision.decision === 'approved') return { type: 'use', approved: true }
  const comment = typeof decision.comment === 'string' ? `: ${decision.comment}` : '.'
  return { type: 'tell', content: `A person did not allow this call${comment}` }
}

/** A decision is made a fact of the node, so that it is known again after the next wait. */
async function decisionOn({ steps, resumed }: Context, step: string): Promise<Json> {
  const known = steps.recorded(`${step}.ok`)
  if (known !== undefined) return known
  if (resumed?.type !== 'decision' || resumed.step !== step) return null
  const { decision, comment } = resumed
  const fact = { decision, ...(comment === undefined ? {} : { comment }) }
  await steps.record(`${step}.ok`, fact)
  return fact
}

async function carryOut({ steps, signal }: Context, { step, call }: Placed, todo: Todo | undefined): Promise<string> {
  if (todo === undefined || todo.type === 'ask') return ''
  if (todo.type === 'tell') return todo.content
  try {
    const use = { tool: call.name, arguments: call.arguments }
    return wholeText(await steps.tool(step, todo.approved ? { ...use, approved: true } : use))
  } catch (error) {
    if (!(error instanceof NodeError) || fatal.includes(error.failure.code) || signal.aborted) throw error
    await steps.record(`${step}.error`, error.failure.message)
    return errorText(error.failure.message)
  }
}

const errorText = (message: string): string => `Error: ${message}`

const shorten = (text: string): string =>
  text.length > longestResult
    ? `${text.slice(0, longestResult)}\n… (cut off: ${text.length - longestResult} more characters)`
    : text
