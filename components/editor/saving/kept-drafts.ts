import { z } from 'zod'
import { Graph } from '@/engine/graph/schema'
import type { Pins } from '@/engine/plan/pins'

/** What was kept, or answered, before there were pins has none. */
export const Pinned = z.record(z.string(), z.unknown()).default({}) as unknown as z.ZodType<Pins>

export const Kept = z.object({ revision: z.number(), graph: Graph, pins: Pinned })
export type Kept = z.infer<typeof Kept>

/** Where unsaved work of one tab waits in the browser. */
export type KeptDrafts = {
  write: (draft: Kept) => void
  clear: () => void
}

/** What is used of the browser's storage. */
export type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

export type FoundDraft = { draft: Kept; drop: () => void }

const prefix = (workflowId: string) => `baton.draft.${workflowId}.`

export function keptDrafts(storage: Shelf, workflowId: string, tab: string): KeptDrafts {
  const key = `${prefix(workflowId)}${tab}`
  return {
    write: (draft) => {
      try {
        storage.setItem(key, JSON.stringify(draft))
      } catch {
        // The browser has no room: the page still holds the work and warns before it is left.
      }
    },
    clear: () => storage.removeItem(key),
  }
}

/** What earlier tabs left behind, and this one before it was loaded anew. Tabs that are still open keep theirs. */
export async function leftBehind(
  storage: Shelf,
  workflowId: string,
  openTabs: () => Promise<ReadonlySet<string>>,
): Promise<FoundDraft[]> {
  const all = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '')
  const keys = all.filter((key) => key.startsWith(prefix(workflowId)))
  if (keys.length === 0) return []
  const open = await openTabs()
  return keys.flatMap((key) => {
    if (open.has(key.slice(prefix(workflowId).length))) return []
    const drop = () => storage.removeItem(key)
    const draft = readKept(storage.getItem(key))
    return draft === null ? [] : [{ draft, drop }]
  })
}

function readKept(text: string | null): Kept | null {
  if (text === null) return null
  try {
    return Kept.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}
