import { change } from '@/components/editor/actions/commit'
import { pushAside } from '@/components/editor/actions/push-aside'
import { rectsIn, wayToFreePlace } from '@/components/editor/graph/free-place'
import { boundsOf, contains, intoBox, type Point, rectOf } from '@/components/editor/graph/geometry'
import { indexOf, outermost, parentOf } from '@/components/editor/graph/graph-index'
import { isBox, isNote, isTeam, mayLieIn } from '@/components/editor/graph/kinds'
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
  const rects = roots.flatMap((node) => rectOf(piece, node.id) ?? [])
  const corner = boundsOf(rects)
  if (corner === null) {
    editor.say('There is nothing in it to paste.', 'failed')
    return false
  }
  const middle = at === null ? null : { x: at.x - corner.width / 2, y: at.y - corner.height / 2 }
  const wanted = intoBox(graph, parent, middle ?? sameSpot(graph, parent, corner))
  const landed = rects.map((rect) => ({ ...rect, x: rect.x - corner.x + wanted.x, y: rect.y - corner.y + wanted.y }))
  // Notes may lie below nodes, but not on other notes.
  const isNotes = roots.every(({ kind }) => isNote(kind))
  const way = wayToFreePlace(
    landed,
    rectsIn(graph, parent, ({ kind }) => isNotes || !isNote(kind)),
  )
  const first = { x: wanted.x + way.x, y: wanted.y + way.y }
  const add = addPiece(graph, piece, {
    parent,
    shift: ({ x, y }) => ({ x: Math.round(x - corner.x + first.x), y: Math.round(y - corner.y + first.y) }),
  })
  const inTeam = parent !== null && isTeam(indexOf(graph).byId.get(parent)?.kind ?? '')
  const edges = inTeam ? add.edges.filter(({ edge }) => !isBetweenRoots(piece, add, edge.source)) : add.edges
  const edits: SingleEdit[] = [...missingRoles(graph, piece), { ...add, edges }]
  const ids = new Set(add.nodes.map(({ node }) => node.id))
  if (!change(editor, pushAside(graph, edits, [...ids]), { label })) return false
  select(outermost(editor.store.getState().graph, ids))
  return true
}

/** Where it was before; in a box that lies elsewhere, at its beginning. */
function sameSpot(graph: Graph, parent: string | null, corner: Point): Point {
  const home = parent === null ? null : rectOf(graph, parent)
  return home === null || contains(home, corner) ? corner : home
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
