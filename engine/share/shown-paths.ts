import type { Graph } from '../graph/schema'
import { formatPath, type Path, type PathKey, parsePath } from '../path'
import type { ShownGraph } from './project-graph'

export type ShownPath = {
  path: PathKey
  /** `blank`: that it happened is shown, what happened is not. `inside`: it happened in something blank. */
  is: 'open' | 'blank' | 'inside'
  /** Of the node in the run. */
  kind: string
  id: string
}

export type ShownPaths = (path: PathKey) => ShownPath

/** Where an event is shown to have happened. */
export function showPaths(graph: Graph, shown: ShownGraph, hide: readonly string[]): ShownPaths {
  const kinds = new Map(graph.nodes.map(({ id, kind }) => [id, kind]))
  const hiddenPaths = hide.filter((entry) => !kinds.has(entry))
  const known = new Map<PathKey, ShownPath>()
  const look = (key: PathKey): ShownPath => {
    const path = parsePath(key)
    const last = path?.at(-1)
    // Nothing the engine writes looks like this; what can't be read can't be let through.
    if (!path || !last) return { path: 'hidden', is: 'inside', kind: '', id: '' }
    const at = path.findIndex(({ node }) => shown.hidden.has(node) || !shown.ids.has(node))
    const isInside = at >= 0 && (at < path.length - 1 || !shown.hidden.has(last.node))
    const visible: Path = at < 0 ? path : path.slice(0, at + 1)
    const named = visible.map((segment) => ({ ...segment, node: shown.ids.get(segment.node) ?? 'hidden' }))
    const is = isInside ? 'inside' : at >= 0 || hiddenPaths.some((hidden) => isAt(key, hidden)) ? 'blank' : 'open'
    return { path: formatPath(named), is, kind: kinds.get(last.node) ?? '', id: last.node }
  }
  return (key) => {
    const found = known.get(key) ?? look(key)
    known.set(key, found)
    return found
  }
}

/** There, or further in. */
const isAt = (key: PathKey, hidden: PathKey): boolean =>
  key === hidden || key.startsWith(`${hidden}/`) || key.startsWith(`${hidden}[`) || key.startsWith(`${hidden}#`)
