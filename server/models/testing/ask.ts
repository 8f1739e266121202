import { NodeError } from '@/engine/failure'
import type { ModelRequest } from '@/engine/model/types'
import { callModel } from '@/server/models/call-model'
import { type ConnectionBook, makeResolve } from '@/server/models/connections'
import { firstModel } from '@/server/models/openai/list-models'
import { plainFetch } from '@/server/models/testing/plain-fetch'
import type { CallOptions, Connection } from '@/server/models/types'

export const testKey = 'sk-test-0123456789abcdef'

/** A book in which `default` means test-model at this address. */
export function bookAt(url: string, more: Partial<Connection> = {}): ConnectionBook {
  return {
    connections: [{ name: 'local', baseUrl: url, apiKey: testKey, models: ['test-model'], ...more }],
    aliases: { default: { kind: 'endpoint', connection: 'local', model: 'test-model' } },
  }
}

export const optionsFor = (book: ConnectionBook, more: Partial<CallOptions> = {}): CallOptions => ({
  resolve: makeResolve(book, (connection) => firstModel(connection, plainFetch)),
  fetch: plainFetch,
  signal: new AbortController().signal,
  idempotencyKey: 'run1:write:m1',
  simulatedPace: 0,
  ...more,
})

export const request = (more: Partial<ModelRequest> = {}): ModelRequest => ({
  model: 'default',
  messages: [{ role: 'user', content: 'Say something.' }],
  ...more,
})

export const askAt = (url: string, more: Partial<CallOptions> = {}, asked: Partial<ModelRequest> = {}) =>
  callModel(request(asked), optionsFor(bookAt(url), more))

/** The failure of a call that must fail. */
export async function failureOf(call: Promise<unknown>): Promise<NodeError['failure']> {
  const outcome = await call.then(
    () => 'answered',
    (error: unknown) => error,
  )
  if (outcome instanceof NodeError) return outcome.failure
  throw new Error(`Expected a NodeError, got ${String(outcome)}`)
}
