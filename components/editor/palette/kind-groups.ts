import type { KindSpec } from '@/engine/kind/spec'
import { specs } from '@/nodes/registry/specs'

type Group = { title: string; kinds: readonly KindSpec[] }

const families: readonly (readonly [KindSpec['family'], string])[] = [
  ['people', 'Agents'],
  ['flow', 'Flow'],
  ['data', 'Data'],
  ['human', 'People'],
  ['ends', 'Beginning and end'],
  ['note', 'Notes'],
]

const all = Object.values(specs)

export const kindGroups: readonly Group[] = families.map(([family, title]) => ({
  title,
  kinds: all.filter((spec) => spec.family === family),
}))

/** By title, kind and what it does. */
export function findKinds(query: string): readonly Group[] {
  const wanted = query.trim().toLowerCase()
  if (wanted === '') return kindGroups
  return kindGroups
    .map(({ title, kinds }) => ({
      title,
      kinds: kinds.filter((spec) => `${spec.title} ${spec.kind} ${spec.summary}`.toLowerCase().includes(wanted)),
    }))
    .filter(({ kinds }) => kinds.length > 0)
}
