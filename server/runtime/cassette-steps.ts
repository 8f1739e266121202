import { NodeError } from '@/engine/failure'
import type { Json } from '@/engine/json'
import type { StepKind } from '@/engine/run/events'
import { fingerprint } from '@/server/models/cassette'
import { resultProblem } from '@/server/models/recording'
import { type Drive, refOf } from './drive'

/** The recorded result in a replay, null when the call is to be made. Throws `cassette_miss`. */
export function replayed(
  drive: Drive,
  place: { path: string; step: string },
  { kind, request }: { kind: StepKind; request: object | null },
): { result: Json } | null {
  const play = drive.cassette?.play
  if (!play || !request) return null
  const result = play.play(place, request)
  const problem = resultProblem(kind, result)
  if (problem === null) return { result }
  const message = `The recording of ${place.path}, step ${place.step} is no answer of a ${kind} step: ${problem}.`
  throw new NodeError({ code: 'cassette_miss', message })
}

/** Every log can be replayed; one that was recorded on purpose also tells what was asked. */
export function requestFacts(drive: Drive, request: object) {
  const { requestHash, fields } = fingerprint(request)
  const whole = drive.cassette?.setting.mode === 'record' ? { request: refOf(drive, request as Json) } : {}
  return { requestHash, fields, ...whole }
}
