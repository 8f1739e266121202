import { type Failure, NodeError } from '@/engine/failure'
import type { ModelAnswer, ModelRequest } from '@/engine/model/types'
import type { Said } from '@/server/models/openai/answer'
import { askEndpoint } from '@/server/models/openai/ask'
import { cancelled } from '@/server/models/openai/failure'
import { pause } from '@/server/models/pause'
import { costOf, priceOf } from '@/server/models/price'
import { askSimulated } from '@/server/models/simulated/simulated'
import type { CallOptions, Target, Timeouts } from '@/server/models/types'

const defaultTimeouts: Timeouts = { firstMs: 300_000, idleMs: 60_000, answerMs: 600_000 }

/** Longer waits are the engine's: they end the attempt and free the slot. */
const inlineWaitMs = 2_000
const inlineWaits = 2

type Endpoint = Extract<Target, { kind: 'endpoint' }>
type Call = { request: ModelRequest; options: CallOptions; attempts: number }

/**
 * Asks the model behind a name and, when it can't answer, the fallback that was set for it. Nothing is repeated here but a
 * short `Retry-After`: retrying is the engine's business, where it is recorded.
 */
export async function callModel(request: ModelRequest, options: CallOptions): Promise<ModelAnswer> {
  const target = await options.resolve(request.model)
  const call: Call = { request, options, attempts: 0 }
  if (target.kind === 'simulated') return askSimulated(request, options)
  try {
    return await callEndpoint(call, target)
  } catch (error) {
    if (!(error instanceof NodeError) || target.fallback === undefined || !isUnavailable(error.failure)) throw error
    const answer = await callFallback(call, target, target.fallback, error.failure)
    if (answer === null) throw error
    return { ...answer, fallbackFrom: `${target.connection.name}/${target.model}` }
  }
}

/** Worth another endpoint: what may pass, and what only a person can mend at this one. */
function isUnavailable(failure: Failure): boolean {
  const { httpStatus } = failure
  if (failure.retry !== undefined || failure.code === 'model_unavailable') return true
  return httpStatus === 401 || httpStatus === 402 || httpStatus === 403 || httpStatus === 404 || httpStatus === 429
}

/** Null when there is nothing else to ask: simulated words must never pass for those of a model somebody configured. */
async function callFallback(call: Call, target: Endpoint, name: string, first: Failure): Promise<ModelAnswer | null> {
  try {
    const second = await call.options.resolve(name)
    if (second.kind === 'simulated') return null
    const same = second.connection.name === target.connection.name && second.model === target.model
    return same ? null : await callEndpoint(call, second)
  } catch (error) {
    if (!(error instanceof NodeError) || error.failure.code === 'cancelled') throw error
    // The first failure is the one to mend, so it is the one that is reported; either may pass by itself.
    const retry = first.retry ?? error.failure.retry
    const message = `${first.message} Its fallback failed too: ${error.message}`
    throw new NodeError({ ...first, message, ...(retry ? { retry } : {}) })
  }
}

async function callEndpoint(call: Call, target: Endpoint): Promise<ModelAnswer> {
  for (let waits = 0; ; waits += 1) {
    try {
      return finish(await attempt(call, target), target)
    } catch (error) {
      const afterMs = error instanceof NodeError ? error.failure.retry?.afterMs : undefined
      if (afterMs === undefined || afterMs > inlineWaitMs || waits >= inlineWaits) throw error
      await pause(afterMs, call.options.signal)
      if (call.options.signal.aborted) throw cancelled()
    }
  }
}

async function attempt(call: Call, target: Endpoint): Promise<Said> {
  const { request, options } = call
  const { connection, model } = target
  const number = call.attempts++
  const started = performance.now()
  const log = (failure: Failure | null) =>
    options.attemptLog?.({ connection: connection.name, model, ms: performance.now() - started, failure })
  const { onDelta } = options
  try {
    const said = await askEndpoint({
      connection,
      model,
      request,
      fetch: options.fetch,
      signal: options.signal,
      idempotencyKey: options.idempotencyKey,
      timeouts: { ...defaultTimeouts, ...options.timeouts },
      ...(onDelta ? { onText: (text: string) => onDelta(text, number) } : {}),
    })
    log(null)
    return said
  } catch (error) {
    log(error instanceof NodeError ? error.failure : { code: 'internal', message: 'The call failed.' })
    throw error
  }
}

function finish(said: Said, { connection, model }: Endpoint): ModelAnswer {
  const cost = costOf(priceOf(connection, model), said.usage)
  return { ...said, model, connection: connection.name, simulated: false, cost }
}
