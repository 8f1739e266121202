import type { Graph } from '@/engine/graph/schema'
import type { Json } from '@/engine/json'
import type { RunEvent } from '@/engine/run/events'
import { newRun, reduce } from '@/engine/run/reduce'
import type { RunState } from '@/engine/run/state'
import type { Mask } from '@/engine/share/mask'
import type { ProjectedEvent, Shown } from '@/engine/share/projection'
import { openProjector } from '@/engine/share/projector'
import { readEvents } from '@/server/runs/read-events'
import type { Subject } from '@/server/shares/find-share'
import { knownSecrets } from '@/server/shares/known-secrets'
import { readValues } from '@/server/shares/read-values'
import type { Deps } from '@/server/use-case'
import { loadCompiled } from '@/server/workflows/load-graph'

/** A run as it is shared: its projected log, as far as it has been read. */
export type ShareFeed = {
  graph: Graph
  shown: Shown
  events: readonly ProjectedEvent[]
  /** Folded from them. */
  state: RunState
  values: ReadonlyMap<string, Json>
  streamAt: (path: string) => string | null
  mask: () => Mask
  /** Reads the log to its end. */
  catchUp: () => Promise<void>
  /** What was heard of the run; a gap is read from the log. */
  take: (events: readonly RunEvent[]) => Promise<void>
  /** Hears what is new, whoever read it. Returns the way out. */
  onNews: (hear: (events: readonly ProjectedEvent[]) => void) => () => void
}

/** Masking takes half a millisecond for an event of 4 KB; others are answered between pages. */
const pageSize = 100

/** Null when the graph is gone. */
export async function openFeed(deps: Deps, share: Subject): Promise<ShareFeed | null> {
  const { workspaceId, runId, graphHash, options } = share
  const [compiled, secrets] = await Promise.all([
    loadCompiled(deps, workspaceId, graphHash),
    knownSecrets(deps, workspaceId),
  ])
  if (!compiled) return null
  // Other servers are told the id of the run as part of a key, and may repeat it.
  const known = runId === null ? secrets : [...secrets, { text: runId, label: 'run' }]
  const projector = openProjector({ graph: compiled.graph, options, secrets: known })
  const events: ProjectedEvent[] = []
  const state = newRun()
  const hearers = new Set<(events: readonly ProjectedEvent[]) => void>()
  let seq = 0

  const push = async (raw: readonly RunEvent[]) => {
    const fresh = raw.filter((event) => event.seq > seq)
    if (fresh.length === 0) return
    const readValue = await readValues(deps, workspaceId, fresh)
    const shown = projector.push(fresh, readValue)
    seq = fresh.at(-1)?.seq ?? seq
    for (const event of shown) reduce(state, event)
    events.push(...shown)
    if (shown.length > 0) for (const hear of hearers) hear(shown)
  }
  const readOn = async () => {
    if (runId === null) return
    for (;;) {
      const page = await readEvents(deps, runId, seq, pageSize)
      await push(page)
      if (page.length < pageSize) return
    }
  }
  const inTurn = taking()
  return {
    graph: projector.graph,
    shown: projector.shown,
    events,
    state,
    values: projector.values,
    streamAt: projector.streamAt,
    mask: projector.mask,
    catchUp: () => inTurn(readOn),
    take: (raw) =>
      inTurn(async () => {
        const first = raw.find((event) => event.seq > seq)
        if (first && first.seq > seq + 1) await readOn()
        await push(raw)
      }),
    onNews: (hear) => {
      hearers.add(hear)
      return () => void hearers.delete(hear)
    },
  }
}

/** One after another, whatever became of the one before. */
function taking(): (work: () => Promise<void>) => Promise<void> {
  let last: Promise<void> = Promise.resolve()
  return (work) => {
    const next = last.then(work)
    last = next.catch(() => {})
    return next
  }
}
