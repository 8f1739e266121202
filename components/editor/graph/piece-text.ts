import { printYaml } from '@/engine/graph/print'
import { readGraph } from '@/engine/graph/read'
import type { Graph } from '@/engine/graph/schema'
import { specs } from '@/nodes/registry/specs'

export const printPiece = (piece: Graph): string => printYaml(piece, specs)

export type ReadPiece = { ok: true; piece: Graph } | { ok: false; why: string }

export function readPiece(text: string): ReadPiece {
  const read = readGraph(text, specs)
  if (read.ok) return { ok: true, piece: read.graph }
  const [first, ...more] = read.problems
  const others = more.length === 0 ? '' : ` (and ${more.length} more)`
  return { ok: false, why: `${first?.message ?? 'This is no graph.'}${others}` }
}
