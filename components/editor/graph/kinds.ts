import type { GraphNode } from '@/engine/graph/schema'
import type { KindSpec } from '@/engine/kind/spec'
import { specs } from '@/nodes/registry/specs'

export const specOf = (kind: string): KindSpec | undefined => (Object.hasOwn(specs, kind) ? specs[kind] : undefined)

export const isBox = (kind: string): boolean => specOf(kind)?.box !== undefined
export const isTeam = (kind: string): boolean => specOf(kind)?.box?.members !== undefined
export const isNote = (kind: string): boolean => specOf(kind)?.family === 'note'

/** May a node of this kind stand in a box of that kind (`null`: at the top)? */
export function mayLieIn(kind: string, box: string | null): boolean {
  const spec = specOf(kind)
  if (spec === undefined || isNote(kind)) return true
  if (box === null) return spec.place?.membersOnlyOf === undefined
  if (spec.place?.insideBoxes === false) return false
  const members = specOf(box)?.box?.members
  return members === undefined || members.kinds.includes(kind)
}

const known = new WeakMap<GraphNode, readonly string[]>()

/** The ports a node can be left by, also while its config is only half there. */
export function portsOf(node: GraphNode): readonly string[] {
  const found = known.get(node)
  if (found) return found
  const ports = [...plainPorts(node), ...(node.onError === 'branch' ? ['error'] : [])]
  known.set(node, ports)
  return ports
}

function plainPorts({ kind, config }: GraphNode): readonly string[] {
  const spec = specOf(kind)
  if (spec === undefined) return ['out']
  const reading = spec.config.safeParse(config)
  try {
    return spec.ports(reading.success ? reading.data : config)
  } catch {
    return ['out']
  }
}

/** The port that is meant when none is named: `out`, or the first of several. */
export const firstPort = (node: GraphNode): string | null => {
  const ports = portsOf(node)
  return ports.includes('out') ? 'out' : (ports[0] ?? null)
}

/** Can anything lead to it? Nothing comes before the input, and notes take no part. */
export const takesEdges = (kind: string): boolean => !isNote(kind) && kind !== 'input'

export const nameOf = (node: GraphNode): string =>
  node.name !== undefined && node.name.trim() !== '' ? node.name : (specOf(node.kind)?.title ?? node.kind)
