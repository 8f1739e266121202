import { isJsonObject, type Json } from '@/engine/json'
import type { Message } from '@/engine/model/types'
import type { Ref } from '@/engine/payload'
import type { StepState } from '@/engine/run/state'
import { isWithheld } from '@/engine/share/projection'
import { wholeText } from '@/engine/text-of'
import type { Fetched } from './past-values'
import { wholeValue } from './wire-value'

/** One message as it is shown. `ref` is set when its words have to be fetched first. */
export type Line =
  | { role: 'system' | 'user'; text: string }
  | { role: 'assistant'; step: string; text: string; calls: readonly { name: string; arguments: string }[] }
  | { role: 'tool'; step: string; name: string; text: string; failed: boolean }
  | { role: 'assistant' | 'tool'; step: string; missing: Ref }

/** What was said between Baton, the model and its tools: the opening, then the recorded steps in their order. */
export function conversationOf(
  opening: readonly Message[],
  steps: ReadonlyMap<string, StepState>,
  fetched: Fetched,
): Line[] {
  const said = opening.flatMap((message): Line[] =>
    message.role === 'system' || message.role === 'user' ? [{ role: message.role, text: message.content }] : [],
  )
  return [...said, ...[...steps].flatMap(([step, state]) => lineOf(step, state, fetched))]
}

function lineOf(step: string, state: StepState, fetched: Fetched): Line[] {
  const isTool = /^m\d+\.t\d+(\.error)?$/.test(step)
  if (state.status !== 'completed' || (!isTool && state.kind !== 'model')) return []
  if (isWithheld(state.result)) return []
  const value = valueOfRef(state.result, fetched)
  if (value === undefined) return [{ role: isTool ? 'tool' : 'assistant', step, missing: state.result }]
  if (isTool) {
    const failed = step.endsWith('.error')
    return [{ role: 'tool', step, name: state.tool ?? 'tool', text: wholeText(value), failed }]
  }
  return isJsonObject(value) ? [{ role: 'assistant', step, ...answerOf(value) }] : []
}

const valueOfRef = (ref: Ref, fetched: Fetched): Json | undefined => wholeValue(ref)?.value ?? fetched.get(ref.hash)

function answerOf(value: { readonly [key: string]: Json }) {
  const calls = Array.isArray(value.toolCalls) ? (value.toolCalls as readonly Json[]) : []
  return {
    text: typeof value.text === 'string' ? value.text : '',
    calls: calls.flatMap((call) =>
      isJsonObject(call) && typeof call.name === 'string'
        ? [{ name: call.name, arguments: JSON.stringify(call.arguments ?? null, null, 2) }]
        : [],
    ),
  }
}

/** The first value that is missing, so that it can be fetched. */
export const missingIn = (lines: readonly Line[]): Ref | null =>
  lines.flatMap((line) => ('missing' in line ? [line.missing] : []))[0] ?? null
