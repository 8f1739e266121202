import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import ELK from 'elkjs/lib/elk.bundled.js'
import { test } from 'vitest'
import { Document, isMap, isSeq, parseDocument, type YAMLMap } from 'yaml'
import { placesOf } from '@/components/editor/graph/geometry'
import { layoutTask, positionsIn } from '@/components/editor/layout/elk-graph'
import { readGraph } from '@/engine/graph/read'
import { compile } from '@/engine/plan/compile'
import { specs } from '@/nodes/registry/specs'

test('lay out', async () => {
  const elk = new ELK()
  for (const name of readdirSync('templates').filter(
    (f) => f.endsWith('.yaml') && (!process.env.ONLY || f.startsWith(process.env.ONLY)),
  )) {
    const text = readFileSync(`templates/${name}`, 'utf8')
    const read = readGraph(text, specs)
    if (!read.ok) {
      console.log(name, JSON.stringify(read.problems, null, 1))
      continue
    }
    const compiled = compile(read.graph, specs)
    if (compiled.problems.length) console.log(name, JSON.stringify(compiled.problems, null, 1))
    if (!compiled.ok || !process.env.WRITE) continue
    const task = layoutTask(read.graph)
    const arranged = await elk.layout(task.root)
    const positions: Record<string, { x: number; y: number }> = { ...positionsIn(arranged), ...task.members }
    // A row of the elk layout starts at 12,12: from 0,0 instead.
    const tops = read.graph.nodes.filter((n) => !n.parent && n.kind !== 'note')
    const minX = Math.min(...tops.map((n) => positions[n.id]!.x)),
      minY = Math.min(...tops.map((n) => positions[n.id]!.y))
    for (const n of tops) positions[n.id] = { x: positions[n.id]!.x - minX, y: positions[n.id]!.y - minY }
    for (const n of read.graph.nodes.filter((n) => n.kind === 'note')) {
      positions[n.id] = { x: 0, y: -((n.size?.height ?? 120) + 48) }
    }
    const doc = parseDocument(text)
    const nodes = doc.get('nodes')
    if (!isSeq(nodes)) throw new Error()
    for (const item of nodes.items) {
      const node = item as YAMLMap
      const id = String(node.get('id'))
      node.delete('position')
      const at = positions[id]
      if (!at) throw new Error(`${name} ${id}`)
      const value = doc.createNode(at) as YAMLMap
      value.flow = true
      node.set('position', value)
    }
    writeFileSync(`templates/${name}`, doc.toString({ lineWidth: 120, flowCollectionPadding: true }))
  }
})
