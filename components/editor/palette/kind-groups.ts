import type { KindSpec } from '@/engine/kind/spec'
import { specs } from '@/nodes/registry/specs'
import { views } from '@/nodes/registry/views'

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

const wordsOf = ({ kind, title, summary }: KindSpec): string =>
  `${title} ${kind} ${summary} ${views[kind]?.words ?? ''}`.toLowerCase()

/** By title, kind, what it does and what others call it. */
export function findKinds(query: string): readonly Group[] {
  const wanted = query.trim().toLowerCase()
  if (wanted === '') return kindGroups
  return kindGroups
    .map(({ title, kinds }) => ({
      title,
      kinds: kinds.filter((spec) => wordsOf(spec).includes(wanted)),
    }))
    .filter(({ kinds }) => kinds.length > 0)
}
