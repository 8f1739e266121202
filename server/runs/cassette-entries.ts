import type { Json, JsonObject } from '@/engine/json'
import { isJsonObject } from '@/engine/json'
import { isInline, type Ref } from '@/engine/payload'
import type { RunEvent } from '@/engine/run/events'
import type { CassetteEntry } from '@/server/models/cassette'

type Load = (hash: string) => Promise<Json>

/** Model, tool, http, code and child steps with what they answered; decisions and timers by the order in which a node waited. */
export async function cassetteEntries(log: readonly RunEvent[], load: Load): Promise<CassetteEntry[]> {
  const entries: CassetteEntry[] = []
  const waits = new Map<string, number>()
  for (const event of log) {
    const entry = await entryOf(event, load, waits)
    if (entry) entries.push(entry)
  }
  return entries
}

async function entryOf(event: RunEvent, load: Load, waits: Map<string, number>): Promise<CassetteEntry | null> {
  if (event.type === 'node.waiting') waits.set(event.path, event.wait)
  if (event.type === 'node.resumed' && event.cause.type !== 'takeover') {
    const { path, cause } = event
    return { path, step: `wait${waits.get(path) ?? 1}`, requestHash: '', result: plain(cause) }
  }
  if (event.type !== 'step.completed') return null
  // How a child run ended is no call of its own and has no request.
  const { path, step, requestHash = event.kind === 'child' ? '' : undefined, fields, request } = event
  if (requestHash === undefined) return null
  const recorded = request ? await whole(request, load) : null
  return {
    path,
    step,
    requestHash,
    ...(fields ? { fields } : {}),
    ...(isJsonObject(recorded) ? { request: recorded } : {}),
    result: await whole(event.result, load),
  }
}

const whole = async (ref: Ref, load: Load): Promise<Json> => (isInline(ref) ? ref.inline : load(ref.hash))

const plain = (value: object): JsonObject => JSON.parse(JSON.stringify(value)) as JsonObject
