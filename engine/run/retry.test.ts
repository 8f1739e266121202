import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Failure, failureCodes } from '@/engine/failure'
import { mayRetry, retryDelay } from './retry'

const failure = (more: Partial<Failure> = {}): Failure => ({ code: 'network', message: '', ...more })
const fixed = { max: 3, delayMs: 1_000, backoff: 'fixed' as const }
const growing = { ...fixed, backoff: 'exponential' as const }

describe('the delay before another attempt', () => {
  it('stays the same or doubles', () => {
    expect([1, 2, 3].map((attempt) => retryDelay(fixed, attempt, failure(), 0.5))).toEqual([1_000, 1_000, 1_000])
    expect([1, 2, 3].map((attempt) => retryDelay(growing, attempt, failure(), 0.5))).toEqual([1_000, 2_000, 4_000])
  })

  it('varies by a tenth in either direction and never by more', () => {
    const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
    fc.assert(
      fc.property(random, fc.nat(2), (chance, attempt) => {
        const exact = 1_000 * 2 ** attempt
        const delay = retryDelay(growing, attempt + 1, failure(), chance) ?? 0
        expect(delay).toBeGreaterThanOrEqual(exact * 0.9)
        expect(delay).toBeLessThanOrEqual(exact * 1.1)
      }),
    )
    expect(retryDelay(fixed, 1, failure(), 0)).not.toBe(retryDelay(fixed, 1, failure(), 0.9))
  })

  it('is not shorter than the other side asks for', () => {
    expect(retryDelay(fixed, 1, failure({ retry: { afterMs: 5_000 } }), 0.5)).toBe(5_000)
    expect(retryDelay(fixed, 1, failure({ retry: { afterMs: 5 } }), 0.5)).toBe(1_000)
  })

  it('does not grow without end', () => {
    expect(retryDelay({ ...growing, max: 20 }, 20, failure(), 0.5)).toBe(300_000)
  })

  it('is nothing after the last attempt', () => {
    expect(retryDelay(fixed, 4, failure(), 0.5)).toBeNull()
    expect(retryDelay({ ...fixed, max: 0 }, 1, failure(), 0.5)).toBeNull()
  })
})

describe('which failures are worth another attempt', () => {
  const passing = failureCodes.filter((code) => mayRetry(failure({ code, retry: {} })))
  const plain = failureCodes.filter((code) => mayRetry(failure({ code })))

  it('are never those where the graph, a person or a limit said no', () => {
    for (const code of ['invalid_config', 'rejected', 'budget_exceeded', 'quarantined', 'not_boolean'] as const) {
      expect(passing).not.toContain(code)
    }
  })

  it('are an answer with an error only if it may pass', () => {
    const answers = ['http_status', 'model_refused', 'model_unavailable', 'provider_error'] as const
    expect(passing.filter((code) => !plain.includes(code)).sort()).toEqual([...answers].sort())
  })

  it('are time limits, broken connections and whatever nobody foresaw', () => {
    for (const code of ['timeout', 'network', 'internal', 'rate_limited'] as const) expect(plain).toContain(code)
  })
})
