import type { Json } from '@/engine/json'
import type { Place } from './form/field-model'

export type Reading = { ok: true; value: Json | undefined } | { ok: false; sentence: string }

/** What somebody has typed into a field, word for word, with what came of it. */
export type Draft = { text: string; reading: Reading }

/**
 * Keeps what was typed and can't be (or isn't yet) part of the graph: half-written JSON, `1.`. It outlives the fields
 * themselves, so that nothing is lost when another node is selected.
 */
export type DraftShelf = {
  get: (node: string, place: Place) => Draft | undefined
  put: (node: string, place: Place, draft: Draft) => void
  drop: (node: string, place: Place) => void
  /** Items of a list have moved; `to` is null for the one that is gone. */
  renumber: (node: string, list: Place, to: (index: number) => number | null) => void
  subscribe: (listen: () => void) => () => void
}

export function newDraftShelf(): DraftShelf {
  const drafts = new Map<string, { node: string; place: Place; draft: Draft }>()
  const listeners = new Set<() => void>()
  const keyOf = (node: string, place: Place) => JSON.stringify([node, ...place])
  const tell = () => {
    for (const listen of listeners) listen()
  }
  return {
    get: (node, place) => drafts.get(keyOf(node, place))?.draft,
    put: (node, place, draft) => {
      drafts.set(keyOf(node, place), { node, place, draft })
      tell()
    },
    drop: (node, place) => {
      if (drafts.delete(keyOf(node, place))) tell()
    },
    renumber: (node, list, to) => {
      const moved = [...drafts].filter(([, entry]) => entry.node === node && indexBelow(list, entry.place) !== null)
      for (const [key] of moved) drafts.delete(key)
      for (const [, entry] of moved) {
        const next = to(indexBelow(list, entry.place) ?? 0)
        if (next === null) continue
        const place = entry.place.with(list.length, next)
        drafts.set(keyOf(node, place), { ...entry, place })
      }
      if (moved.length > 0) tell()
    },
    subscribe: (listen) => {
      listeners.add(listen)
      return () => listeners.delete(listen)
    },
  }
}

function indexBelow(list: Place, place: Place): number | null {
  const key = place[list.length]
  return typeof key === 'number' && list.every((part, at) => place[at] === part) ? key : null
}

/**
 * The draft is what the field shows as long as it can't be read, or as long as the graph still holds what came of it.
 * After an undo, or an edit from elsewhere, the graph's own value is shown.
 */
export const isCurrent = (draft: Draft, value: Json | undefined): boolean =>
  !draft.reading.ok || isSame(draft.reading.value, value)

export const isSame = (a: Json | undefined, b: Json | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && JSON.stringify(a) === JSON.stringify(b))
