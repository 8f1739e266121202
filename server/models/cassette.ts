import { hash } from 'node:crypto'
import { NodeError } from '@/engine/failure'
import { isJsonObject, type Json, type JsonObject, own } from '@/engine/json'
import { canonicalText } from '@/engine/same-json'

/** What identifies a request: equal for equal requests, whatever the order of their keys. */
export type Fingerprint = { requestHash: string; fields: Readonly<Record<string, string>> }

/** One recorded call. `fields` (a hash for each top-level field) says what changed; `request` says it exactly. */
export type CassetteEntry = {
  path: string
  step: string
  requestHash: string
  fields?: Readonly<Record<string, string>>
  request?: JsonObject
  result: Json
}

const sha = (text: string): string => hash('sha256', text, 'hex')

export function fingerprint(request: object): Fingerprint {
  const fields: Record<string, string> = {}
  const keys = Object.keys(request).sort()
  const parts: string[] = []
  for (const key of keys) {
    const value: unknown = Reflect.get(request, key)
    if (value === undefined) continue
    const digest = sha(canonicalText(value as Json))
    fields[key] = digest.slice(0, 16)
    parts.push(`${JSON.stringify(key)}:${digest}`)
  }
  return { requestHash: sha(parts.join(',')), fields }
}

export const requestHash = (request: object): string => fingerprint(request).requestHash

export type Place = { path: string; step: string }
export type Cassette = {
  find: (place: Place) => CassetteEntry | undefined
  /** The recorded result, or a `cassette_miss` that names what differs. */
  play: (place: Place, request: object) => Json
}

const keyOf = ({ path, step }: Place): string => JSON.stringify([path, step])

export function openCassette(entries: Iterable<CassetteEntry>): Cassette {
  const byPlace = new Map<string, CassetteEntry>()
  for (const entry of entries) byPlace.set(keyOf(entry), entry)
  const find = (place: Place) => byPlace.get(keyOf(place))
  return {
    find,
    play(place, request) {
      const entry = find(place)
      if (!entry) throw miss(`The cassette has no recording of ${place.path}, step ${place.step}.`)
      const asked = fingerprint(request)
      if (asked.requestHash === entry.requestHash) return entry.result
      const field = firstDifference(entry, request, asked)
      throw miss(`The call of ${place.path}, step ${place.step} differs from the recorded one in ${field}.`)
    },
  }
}

const miss = (message: string): NodeError => new NodeError({ code: 'cassette_miss', message })

function firstDifference(entry: CassetteEntry, request: object, asked: Fingerprint): string {
  if (entry.request) return deepDifference(entry.request, request as JsonObject, '') ?? 'its request'
  const recorded = entry.fields
  if (!recorded) return 'its request'
  const names = [...new Set([...Object.keys(recorded), ...Object.keys(asked.fields)])].sort()
  return names.find((name) => own(recorded, name) !== own(asked.fields, name)) ?? 'its request'
}

function deepDifference(recorded: Json | undefined, asked: Json | undefined, path: string): string | undefined {
  if (recorded === undefined || asked === undefined) return recorded === asked ? undefined : path
  if (Array.isArray(recorded) && Array.isArray(asked)) {
    const length = Math.max(recorded.length, asked.length)
    return firstOf(Array.from({ length }, (_, n) => [recorded[n], asked[n], `${path}[${n}]`]))
  }
  if (isJsonObject(recorded) && isJsonObject(asked)) {
    const names = [...new Set([...Object.keys(recorded), ...Object.keys(asked)])].sort()
    const below = (name: string) => (path === '' ? name : `${path}.${name}`)
    return firstOf(names.map((name) => [own(recorded, name), own(asked, name), below(name)]))
  }
  return recorded === asked ? undefined : path
}

function firstOf(pairs: readonly [Json | undefined, Json | undefined, string][]): string | undefined {
  for (const [recorded, asked, path] of pairs) {
    const found = deepDifference(recorded, asked, path)
    if (found !== undefined) return found
  }
  return undefined
}
