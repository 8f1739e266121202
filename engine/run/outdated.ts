import { formatPath, type Path, type PathKey, parsePath } from '../path'
import type { Plan, PlanNode } from '../plan/plan'
import type { RunEvent } from './events'

export type Outdated = {
  /** Belongs to what is done again. */
  isDropped: (path: Path, event: RunEvent) => boolean
  /** A box that goes on: what it has opened stays, its end does not. */
  isReopened: (path: Path) => boolean
}

type Change = {
  plan: Plan
  events: readonly RunEvent[]
  /** Node ids, in every instance. */
  again: readonly string[]
  /** Instances that keep their place but answer something else. */
  patched: readonly PathKey[]
}

const everywhere = '*'

type Marks = Map<string, Set<string>>

/**
 * What depends on a change. Inside a map the items are independent, so only the nodes behind the changed one are done
 * again; in a loop or a team whatever comes later may build on it, so their log is cut off there.
 */
export function outdated(change: Change): Outdated {
  const dropped: Marks = new Map()
  const reopened: Marks = new Map()
  /** For loops and teams: the last event inside that is still true. */
  const cutAt = new Map<PathKey, number>()
  const found = { plan: change.plan, dropped, reopened }
  for (const id of change.again) {
    const node = change.plan.nodes.get(id)
    if (!node) continue
    const sequential = outermostSequential(node)
    if (sequential) cutInstances(change.events, sequential, id, cutAt)
    else mark(dropped, id, everywhere)
    spread(found, sequential ?? node, null)
    if (sequential) mark(reopened, sequential.id, everywhere)
  }
  for (const key of change.patched) {
    const path = parsePath(key)
    const node = change.plan.nodes.get(path?.at(-1)?.node ?? '')
    if (!path || !node) continue
    const sequential = outermostSequential(node)
    const depth = sequential ? path.findIndex((segment) => segment.node === sequential.id) : path.length - 1
    if (sequential) {
      lower(cutAt, instanceKey(path, depth), endOf(change.events, key))
      mark(reopened, sequential.id, formatPath(path.slice(0, depth)))
    }
    spread(found, sequential ?? node, path.slice(0, depth))
  }
  return {
    isDropped: (path, event) =>
      path.some((segment, depth) => {
        if (has(dropped, segment.node, path, depth)) return true
        const last = cutAt.get(instanceKey(path, depth))
        return last !== undefined && event.seq > last && !isStartOf(event, path, depth)
      }),
    isReopened: (path) => {
      const last = path.at(-1)
      return last !== undefined && last.index === undefined && has(reopened, last.node, path, path.length - 1)
    },
  }
}

/** The start of the box itself is not part of what came after it. */
const isStartOf = (event: RunEvent, path: Path, depth: number): boolean =>
  event.type === 'node.started' && depth === path.length - 1

/** Marks what is behind a node, and the same for every box around it. `prefix` null means in every instance. */
function spread(found: { dropped: Marks; reopened: Marks }, from: PlanNode, prefix: Path | null): void {
  let at: PlanNode | null = from
  let depth = prefix?.length ?? 0
  while (at) {
    const scope = prefix === null ? everywhere : formatPath(prefix.slice(0, depth))
    for (const node of behind(at)) mark(found.dropped, node.id, scope)
    at = at.parent
    depth -= 1
    if (at) mark(found.reopened, at.id, prefix === null ? everywhere : formatPath(prefix.slice(0, depth)))
  }
}

function behind(start: PlanNode): Set<PlanNode> {
  const seen = new Set<PlanNode>()
  const open = [start]
  for (let node = open.pop(); node; node = open.pop()) {
    for (const { target } of node.outgoing) {
      if (seen.has(target)) continue
      seen.add(target)
      open.push(target)
    }
  }
  return seen
}

function outermostSequential(node: PlanNode): PlanNode | null {
  let found: PlanNode | null = null
  for (let at = node.parent; at; at = at.parent) if (at.kind !== 'map') found = at
  return found
}

function cutInstances(events: readonly RunEvent[], box: PlanNode, id: string, cutAt: Map<PathKey, number>): void {
  for (const event of events) {
    const path = 'path' in event && event.path !== undefined ? parsePath(event.path) : null
    if (!path?.some((segment) => segment.node === id)) continue
    const depth = path.findIndex((segment) => segment.node === box.id)
    if (depth >= 0) lower(cutAt, instanceKey(path, depth), event.seq - 1)
  }
}

const endOf = (events: readonly RunEvent[], key: PathKey): number =>
  events.find((event) => event.type === 'node.completed' && event.path === key)?.seq ?? Number.POSITIVE_INFINITY

function lower(cutAt: Map<PathKey, number>, key: PathKey, seq: number): void {
  cutAt.set(key, Math.min(seq, cutAt.get(key) ?? Number.POSITIVE_INFINITY))
}

/** Of the box that the segment at `depth` names, whichever of its items the path goes through. */
function instanceKey(path: Path, depth: number): PathKey {
  const segment = path[depth]
  if (!segment) return ''
  const { node, turn } = segment
  return formatPath([...path.slice(0, depth), turn === undefined ? { node } : { node, turn }])
}

function mark(marks: Marks, id: string, scope: string): void {
  const scopes = marks.get(id)
  if (scopes) scopes.add(scope)
  else marks.set(id, new Set([scope]))
}

function has(marks: Marks, id: string, path: Path, depth: number): boolean {
  const scopes = marks.get(id)
  return scopes !== undefined && (scopes.has(everywhere) || scopes.has(formatPath(path.slice(0, depth))))
}
