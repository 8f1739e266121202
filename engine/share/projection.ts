import type { Graph } from '../graph/schema'
import type { Json } from '../json'
import type { PublicStatus } from '../run/summary'
import type { WireEvent, WireRef } from '../run/wire'
import type { ShareInclude } from './options'

/**
 * An event as a share link carries it. It is a WireEvent, so the page folds it with the same `reduce`; but every field of
 * it was let through by name (project-event.ts), its texts are masked, its values go by keys of their own, and it is
 * numbered anew: what was left out leaves no gap.
 */
export type ProjectedEvent = WireEvent

/** Stands wherever a value is not shared: reads as null, and nothing is to be fetched for it. */
export const withheld: WireRef = { hash: 'withheld', size: 4, preview: 'null' }
export const isWithheld = (ref: { hash: string }): boolean => ref.hash === withheld.hash

export type Shown = {
  include: ShareInclude
  mask: boolean
  /** Ids in `graph` of nodes that are shown blank. */
  hidden: readonly string[]
}

/** The whole of what a link to a run may ever give away. Made by `openProjector`. */
export type RunProjection = {
  v: 1
  kind: 'run'
  name: string
  graph: Graph
  events: readonly ProjectedEvent[]
  /** The seq to follow from (`after`); null when the run is over and this is all. */
  next: number | null
  status: PublicStatus
  startedAt: number | null
  finishedAt: number | null
  sharedBy?: string
  shown: Shown
  /** Whole values by the `hash` in events. Empty in the slim form: there, each is fetched by its key. */
  values: { readonly [key: string]: Json }
}

/** A workflow to be looked at. */
export type WorkflowProjection = {
  v: 1
  kind: 'workflow'
  name: string
  graph: Graph
  sharedBy?: string
  shown: Shown
}

export type Projection = RunProjection | WorkflowProjection
