import { edgeId } from '@/components/editor/graph/edge-id'
import { indexOf } from '@/components/editor/graph/graph-index'
import type { Base } from '@/components/editor/store/types'
import { diffGraphs } from '@/engine/graph/diff'
import type { Graph } from '@/engine/graph/schema'
import { own } from '@/engine/json'
import { sameJson } from '@/engine/same-json'

type Draft = Omit<Base, 'revision'>

export type OwnEdits = {
  /** This tab has made the one into the other. */
  add: (before: Draft, after: Draft) => void
  /** The other draft takes the place of what is here. Does that undo something this tab has done? */
  give: (here: Draft, theirs: Draft) => boolean
}

/** What of a draft this tab has changed since it was opened, so that it is told when somebody else changes that again. */
export function ownEdits(): OwnEdits {
  const mine = new Set<string>()
  return {
    add: (before, after) => {
      for (const each of changesOf(before, after)) mine.add(each)
    },
    give: (here, theirs) => {
      const lost = changesOf(here, theirs).filter((each) => mine.delete(each))
      return lost.length > 0
    },
  }
}

/** Every place where two drafts differ. A node that comes or goes does so with each field that is set. */
function changesOf(before: Draft, after: Draft): string[] {
  const { added, removed, changed, edges, properties } = diffGraphs(before.graph, after.graph)
  return [
    ...added.flatMap((id) => wholeNode(after.graph, id)),
    ...removed.flatMap((id) => wholeNode(before.graph, id)),
    ...changed.flatMap(({ id, fields }) => fields.map((field) => `field ${id} ${field}`)),
    ...[...edges.added, ...edges.removed].map((edge) => `edge ${edgeId(edge)}`),
    ...properties.filter((name) => name !== 'order').map((name) => `graph ${name}`),
    ...[...new Set([...Object.keys(before.pins), ...Object.keys(after.pins)])]
      .filter((id) => !sameJson(own(before.pins, id) ?? null, own(after.pins, id) ?? null))
      .map((id) => `pin ${id}`),
  ]
}

function wholeNode(graph: Graph, id: string): string[] {
  const node = indexOf(graph).byId.get(id)
  if (!node) return []
  const { id: _, kind: __, config, position: ___, size: ____, ...rest } = node
  const fields = [...Object.keys(rest), ...Object.keys(config).map((key) => `config.${key}`)]
  return [`node ${id}`, ...fields.map((field) => `field ${id} ${field}`)]
}
