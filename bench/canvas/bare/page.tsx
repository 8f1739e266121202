import '@xyflow/react/dist/style.css'
import { type Edge, type Node, ReactFlow, useEdgesState, useNodesState } from '@xyflow/react'
import { createRoot } from 'react-dom/client'
import { card, crowd } from '@/bench/canvas/crowd'
import { readStage } from './stage'

const graph = crowd()
const firstNodes: Node[] = graph.nodes.map(({ id, name, position }) => ({
  id,
  data: { label: name },
  position: position ?? { x: 0, y: 0 },
  style: card,
}))
const firstEdges: Edge[] = graph.edges.map(({ source, target }) => ({ id: `${source} ${target}`, source, target }))

/** What React Flow does with so many nodes if one asks for nothing else. */
function Bare() {
  const [nodes, , onNodesChange] = useNodesState(firstNodes)
  const [edges, , onEdgesChange] = useEdgesState(firstEdges)
  return (
    <ReactFlow
      nodes={nodes}
      edges={edges}
      onNodesChange={onNodesChange}
      onEdgesChange={onEdgesChange}
      defaultViewport={viewport}
      minZoom={0.1}
      proOptions={hidden}
    />
  )
}

const hidden = { hideAttribution: true } as const
const { place, viewport } = readStage(window.location.hash)
const element = document.createElement('div')
Object.assign(element.style, {
  position: 'fixed',
  left: `${place.x}px`,
  top: `${place.y}px`,
  width: `${place.width}px`,
  height: `${place.height}px`,
})
document.body.append(element)
createRoot(element).render(<Bare />)
