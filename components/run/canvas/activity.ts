import { wholeValue } from '@/components/run/values/wire-value'
import { isJsonObject, type Json } from '@/engine/json'
import type { StepState } from '@/engine/run/state'

type Steps = ReadonlyMap<string, StepState>
const known = new WeakMap<Steps, string>()

/** What an agent is doing with its tools: which it calls right now, or which answered last. */
export function activityOf(steps: Steps | undefined): string {
  if (!steps) return ''
  const found = known.get(steps)
  if (found !== undefined) return found
  const text = describe(steps)
  known.set(steps, text)
  return text
}

function describe(steps: Steps): string {
  const all = [...steps]
  const [step, last] = all.at(-1) ?? []
  if (step === undefined || !last) return ''
  if (last.kind === 'http') return last.status === 'started' ? 'Waits for the answer' : ''
  if (last.kind === 'tool' && last.status === 'failed') return `${toolsOf(all)[0] ?? 'A tool'} failed`
  const called = callsIn(all)
  const done = all.filter(([name, { status }]) => name.startsWith(`${called.model}.t`) && status === 'completed')
  if (called.names.length > done.length) return `Calls ${called.names.slice(done.length).join(', ')}`
  const [latest] = toolsOf(all)
  return last.kind === 'tool' && latest !== undefined ? `${latest} answered` : ''
}

type Entries = readonly (readonly [string, StepState])[]

const toolsOf = (all: Entries): string[] =>
  all.flatMap(([, state]) => (state.status === 'completed' && state.tool !== undefined ? [state.tool] : [])).reverse()

/** The tools that the last answer of the model asked for. */
function callsIn(all: Entries): { model: string; names: readonly string[] } {
  const answer = all.findLast(([, state]) => state.kind === 'model')
  if (answer?.[1].status !== 'completed') return { model: '', names: [] }
  const value = wholeValue(answer[1].result)?.value
  const calls = isJsonObject(value) && Array.isArray(value.toolCalls) ? (value.toolCalls as readonly Json[]) : []
  const names = calls.flatMap((call) => (isJsonObject(call) && typeof call.name === 'string' ? [call.name] : []))
  return { model: answer[0], names }
}
