import type { Json } from '@/engine/json'
import { fingerprint } from '@/server/models/cassette'
import { type Drive, refOf } from './drive'

/** The recorded result in a replay, null when the call is to be made. Throws `cassette_miss`. */
export function replayed(
  drive: Drive,
  place: { path: string; step: string },
  request: object,
): { result: Json } | null {
  const play = drive.cassette?.play
  return play ? { result: play.play(place, request) } : null
}

/** Every log can be replayed; one that was recorded on purpose also tells what was asked. */
export function requestFacts(drive: Drive, request: object) {
  const { requestHash, fields } = fingerprint(request)
  const whole = drive.cassette?.setting.mode === 'record' ? { request: refOf(drive, request as Json) } : {}
  return { requestHash, fields, ...whole }
}
