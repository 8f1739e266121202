import { NodeError } from '@/engine/failure'
import { defineRun, type NodeContext, type Outcome } from '@/engine/kind/run'
import { type WaitConfig, waitSpec } from './spec'

const longest = 31_536_000
const time = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/

export const waitRun = defineRun(waitSpec, (context): Outcome => {
  if (context.resumed?.type === 'timer') return { pass: true, ports: ['out'] }
  return context.config.until === undefined ? forSeconds(context) : untilTime(context)
})

function forSeconds({ config, text }: NodeContext<WaitConfig>): Outcome {
  const given = typeof config.seconds === 'string' ? text('seconds').trim() : String(config.seconds ?? 0)
  const seconds = given === '' ? Number.NaN : Number(given)
  if (seconds >= 0 && seconds <= longest) return { wait: { reason: 'timer', seconds } }
  const message = `The seconds to wait must be a number from 0 to ${longest}, but are ${quote(given)}.`
  throw new NodeError({ code: 'invalid_input', message })
}

function untilTime({ text }: NodeContext<WaitConfig>): Outcome {
  const given = text('until').trim()
  const match = time.exec(given)
  // A time without a zone is UTC, on whatever machine it is read.
  const until =
    match === null ? Number.NaN : Date.parse(match[1] === undefined && given.length > 10 ? `${given}Z` : given)
  if (!Number.isNaN(until)) return { wait: { reason: 'timer', until } }
  const message = `The time to wait for must look like 2027-01-31T09:00:00Z, but is ${quote(given)}.`
  throw new NodeError({ code: 'invalid_input', message })
}

const quote = (text: string): string => JSON.stringify(text.slice(0, 60))
