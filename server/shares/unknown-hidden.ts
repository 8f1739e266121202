import { suggestion } from '@/engine/graph/nearest'
import type { Graph } from '@/engine/graph/schema'
import { type PathKey, parsePath } from '@/engine/path'
import { type InputProblem, type Refusal, refuse } from '@/server/refusal'

type Shown = { kind: 'run' | 'workflow'; graph: Graph }

/** Who hides something wants it hidden: a name that hides nothing is refused before there is a link. */
export function refuseUnknownHidden({ kind, graph }: Shown, hide: readonly string[]): Refusal | null {
  const ids = graph.nodes.map(({ id }) => id)
  const problems = hide.flatMap((entry, at): InputProblem[] => {
    if (ids.includes(entry) || (kind === 'run' && isPlace(graph, entry))) return []
    const end = parsePath(entry)?.at(-1)?.node ?? entry
    const said = ids.includes(end)
      ? `There is no place \`${entry}\` in this ${kind}. Did you mean \`${end}\`?`
      : `There is no node \`${entry}\` in this ${kind}.${suggestion(end, ids)}`
    return [{ code: 'unknown_node', path: `hide.${at}`, message: said }]
  })
  if (problems.length === 0) return null
  const detail = problems.length === 1 ? problems[0]?.message : 'Some nodes to hide are not there.'
  return refuse('invalid_input', detail ?? '', { problems })
}

/** Whether a run of this graph can get there: each box is named, and which item or iteration of it. */
function isPlace({ nodes }: Graph, key: PathKey): boolean {
  const path = parsePath(key)
  if (path === null) return false
  const byId = new Map(nodes.map((node) => [node.id, node]))
  return path.every(({ node, index, turn }, at) => {
    const found = byId.get(node)
    const repeats = found?.kind === 'map' || found?.kind === 'loop'
    const isLast = at === path.length - 1
    if (found === undefined || found.parent !== path[at - 1]?.node) return false
    if (turn !== undefined && byId.get(found.parent ?? '')?.kind !== 'team') return false
    return repeats ? isLast || index !== undefined : index === undefined
  })
}
