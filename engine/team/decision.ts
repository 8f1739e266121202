import { isJsonObject, type Json, type JsonObject, own } from '@/engine/json'
import type { Member } from '@/engine/team/types'

export type Order = { to: string; task: string }
export type Decision = { say: string; delegate: readonly Order[]; finish: string | null }

const object = (properties: JsonObject): JsonObject => ({
  type: 'object',
  properties,
  // Every field is required: only then do endpoints promise to keep to a schema.
  required: Object.keys(properties),
  additionalProperties: false,
})

const say: JsonObject = { type: 'string', description: 'One or two sentences for the people who watch the team.' }

/** What a lead may answer with. In its last round it can't hand out work any more. */
export function decisionSchema(others: readonly Member[], last: boolean): JsonObject {
  if (last || others.length === 0) {
    return object({ say, finish: { type: 'string', description: 'The whole final result, as it goes to the reader.' } })
  }
  return object({
    say,
    delegate: {
      type: 'array',
      maxItems: 20,
      description: 'Work for members, done at the same time. Empty when the goal is reached.',
      items: object({
        to: { type: 'string', enum: others.map((member) => member.id) },
        task: { type: 'string', description: 'Everything the member needs to know.' },
      }),
    },
    finish: {
      type: ['string', 'null'],
      description: 'The whole final result when the goal is reached, null while there is work to hand out.',
    },
  })
}

/** Reads what a lead answered; its agent has checked it against the schema before. */
export function readDecision(output: Json): Decision {
  const data = isJsonObject(output) ? own(output, 'data') : undefined
  if (!isJsonObject(data)) return { say: '', delegate: [], finish: null }
  const orders: readonly Json[] = Array.isArray(data.delegate) ? data.delegate : []
  return {
    say: typeof data.say === 'string' ? data.say : '',
    finish: typeof data.finish === 'string' && data.finish.trim() !== '' ? data.finish : null,
    delegate: orders.flatMap((order) => {
      if (!isJsonObject(order)) return []
      const { to, task } = order
      return typeof to === 'string' && typeof task === 'string' ? [{ to, task }] : []
    }),
  }
}
