import { checkJson } from '@/engine/graph/check-json'
import { configure } from '@/engine/graph/edit-config'
import { connect, disconnect } from '@/engine/graph/edit-edges'
import { add, move, remove, reorder } from '@/engine/graph/edit-nodes'
import { setGraph, setOptions } from '@/engine/graph/edit-options'
import { reparent } from '@/engine/graph/edit-parents'
import type { Edit, Edited, SingleEdit } from '@/engine/graph/edits'
import type { Graph } from '@/engine/graph/schema'
import { assertNever } from '@/engine/json'

/** The one way in which a graph changes. The given graph stays as it is. */
export function applyEdit(graph: Graph, edit: Edit): Edited {
  const checked = checkJson(withoutUndefined(edit))
  if (!checked.ok) return { refused: checked.problems[0]?.message ?? 'This edit is not valid.' }
  return edit.type === 'batch' ? applyAll(graph, edit.edits) : applyOne(graph, edit)
}

/** An edit made in code may have options that are there but undefined; in JSON they would be left out. */
const withoutUndefined = (edit: Edit): unknown => JSON.parse(JSON.stringify(edit))

function applyAll(graph: Graph, edits: readonly SingleEdit[]): Edited {
  let now = graph
  const inverses: SingleEdit[][] = []
  for (const edit of edits) {
    const edited = applyOne(now, edit)
    if ('refused' in edited) return edited
    now = edited.graph
    inverses.push(edited.inverse.type === 'batch' ? edited.inverse.edits : [edited.inverse])
  }
  return { graph: now, inverse: { type: 'batch', edits: inverses.reverse().flat() } }
}

function applyOne(graph: Graph, edit: SingleEdit): Edited {
  switch (edit.type) {
    case 'add':
      return add(graph, edit)
    case 'remove':
      return remove(graph, edit)
    case 'move':
      return move(graph, edit)
    case 'reorder':
      return reorder(graph, edit)
    case 'reparent':
      return reparent(graph, edit)
    case 'configure':
      return configure(graph, edit)
    case 'set':
      return setOptions(graph, edit)
    case 'set_graph':
      return setGraph(graph, edit)
    case 'connect':
      return connect(graph, edit)
    case 'disconnect':
      return disconnect(graph, edit)
    default:
      return assertNever(edit)
  }
}
