import { Document, isMap, isSeq, type Node } from 'yaml'
import { orderKeys } from '@/engine/graph/order-keys'
import type { Graph } from '@/engine/graph/schema'
import type { KindSpecs } from '@/engine/kind/spec'

/** Two spaces, stable key order, a newline at the end. */
export const printJson = (graph: Graph, specs: KindSpecs): string =>
  `${JSON.stringify(orderKeys(graph, specs), null, 2)}\n`

/** Long texts as blocks, edges and positions one a line: a diff shows what changed and nothing else. */
export function printYaml(graph: Graph, specs: KindSpecs): string {
  const document = new Document(orderKeys(graph, specs), { aliasDuplicateObjects: false })
  for (const edge of itemsOf(document.get('edges', true))) inOneLine(edge)
  for (const node of itemsOf(document.get('nodes', true))) {
    if (!isMap(node)) continue
    for (const key of ['position', 'size', 'retry']) inOneLine(node.get(key, true))
  }
  return document.toString({ lineWidth: 0, flowCollectionPadding: true })
}

const itemsOf = (value: unknown): readonly unknown[] => (isSeq(value) ? value.items : [])

function inOneLine(value: unknown): void {
  if (isMap(value) || isSeq(value)) (value as Node & { flow?: boolean }).flow = true
}
