import { change } from '@/components/editor/actions/commit'
import { boundsOf, intoBox, type Point, placesOf } from '@/components/editor/graph/geometry'
import { indexOf, outermost, parentOf } from '@/components/editor/graph/graph-index'
import { isBox, isTeam, mayLieIn } from '@/components/editor/graph/kinds'
import { addPiece, pieceOf } from '@/components/editor/graph/piece'
import type { Editor } from '@/components/editor/store/types'
import type { SingleEdit } from '@/engine/graph/edits'
import type { Graph } from '@/engine/graph/schema'

export function duplicateSelection(editor: Editor): void {
  const { graph, selected } = editor.store.getState()
  if (selected.size > 0) addPieceAt(editor, pieceOf(graph, selected), { at: null, label: 'Duplicate' })
}

type Where = { at: Point | null; label: string }

export function addPieceAt(editor: Editor, piece: Graph, { at, label }: Where): boolean {
  const { graph, select } = editor.store.getState()
  const roots = piece.nodes.filter((node) => parentOf(piece, node.id) === null)
  const parent = homeFor(
    editor,
    roots.map(({ kind }) => kind),
  )
  const corner = boundsOf(roots.flatMap((node) => cornerOf(piece, node.id)))
  if (corner === null) {
    editor.say('There is nothing in it to paste.', 'failed')
    return false
  }
  const middle = at === null ? null : { x: at.x - corner.width / 2, y: at.y - corner.height / 2 }
  const landing = middle ?? beside(graph, corner)
  const first = intoBox(graph, parent, landing)
  const add = addPiece(graph, piece, {
    parent,
    shift: ({ x, y }) => ({ x: Math.round(x - corner.x + first.x), y: Math.round(y - corner.y + first.y) }),
  })
  const inTeam = parent !== null && isTeam(indexOf(graph).byId.get(parent)?.kind ?? '')
  const edges = inTeam ? add.edges.filter(({ edge }) => !isBetweenRoots(piece, add, edge.source)) : add.edges
  const edits: SingleEdit[] = [...missingRoles(graph, piece), { ...add, edges }]
  if (!change(editor, edits, { label })) return false
  const ids = new Set(add.nodes.map(({ node }) => node.id))
  select(outermost(editor.store.getState().graph, ids))
  return true
}

const cornerOf = (piece: Graph, id: string) => {
  const place = placesOf(piece).get(id)
  return place === undefined ? [] : [{ ...place.absolute, ...place.size }]
}

/** A copy lies a little below what it was copied from, and never on top of another copy. */
function beside(graph: Graph, corner: Point): Point {
  const taken = new Set([...placesOf(graph).values()].map(({ absolute }) => `${absolute.x} ${absolute.y}`))
  const spot = { x: Math.round(corner.x), y: Math.round(corner.y) }
  while (taken.has(`${spot.x} ${spot.y}`)) {
    spot.x += 32
    spot.y += 32
  }
  return spot
}

/** Into the selected box when everything may lie there; beside the selected node; else at the top. */
function homeFor(editor: Editor, kinds: readonly string[]): string | null {
  const { graph, selected } = editor.store.getState()
  const [only, ...more] = selected
  if (only === undefined) return null
  const { byId } = indexOf(graph)
  const node = byId.get(only)
  const candidates = [
    ...(more.length === 0 && node !== undefined && isBox(node.kind) && !kinds.includes(node.kind) ? [only] : []),
    parentOf(graph, only),
  ]
  const home = candidates.find((box) => {
    const kind = box === null ? null : (byId.get(box)?.kind ?? null)
    return kinds.every((each) => mayLieIn(each, kind))
  })
  return home ?? null
}

function isBetweenRoots(
  piece: Graph,
  add: { nodes: readonly { node: { id: string; parent?: string | undefined } }[] },
  id: string,
): boolean {
  const at = add.nodes.findIndex(({ node }) => node.id === id)
  const original = piece.nodes[at]
  return original !== undefined && parentOf(piece, original.id) === null
}

function missingRoles(graph: Graph, piece: Graph): SingleEdit[] {
  const missing = Object.entries(piece.roles ?? {}).filter(([name]) => !Object.hasOwn(graph.roles ?? {}, name))
  if (missing.length === 0) return []
  return [{ type: 'set_graph', properties: { roles: { ...graph.roles, ...Object.fromEntries(missing) } } }]
}
