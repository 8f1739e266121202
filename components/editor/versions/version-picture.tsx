'use client'
import './picture.css'
import { useCallback } from 'react'
import { GraphCanvas } from '@/components/graph-canvas/graph-canvas'
import type { Graph } from '@/engine/graph/schema'
import { useShown } from './picture-context'
import { pictureNodes } from './picture-nodes'
import { PictureWire } from './picture-wire'

const edgeTypes = { wire: PictureWire }

/** What is shown is another picture for another graph, so it is drawn anew. */
export function VersionPicture({ graph, label }: { graph: Graph; label: string }) {
  const { chosen, choose } = useShown()
  const toggle = useCallback((id: string | null) => choose(chosen === id ? null : id), [chosen, choose])
  return (
    <GraphCanvas
      graph={graph}
      label={label}
      className="version-picture"
      nodeTypes={pictureNodes}
      edgeTypes={edgeTypes}
      onChoose={toggle}
    />
  )
}
