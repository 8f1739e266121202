'use client'
import { useReactFlow } from '@xyflow/react'
import { Maximize, Minus, Plus } from 'lucide-react'
import { glide } from '@/components/editor/canvas/canvas-view'
import { IconButton } from '@/components/ui/button'

/** Bottom left, where the builder has them too. */
export function ViewControls() {
  const flow = useReactFlow()
  return (
    <div className="bg-surface border-line rounded-card absolute bottom-3 left-3 z-10 flex border p-0.5">
      <IconButton label="Zoom out" onClick={() => void flow.zoomOut(glide(140))}>
        <Minus size={16} aria-hidden />
      </IconButton>
      <IconButton label="Zoom in" onClick={() => void flow.zoomIn(glide(140))}>
        <Plus size={16} aria-hidden />
      </IconButton>
      <IconButton
        label="Show everything"
        onClick={() => void flow.fitView({ ...glide(200), padding: 0.12, maxZoom: 1 })}
      >
        <Maximize size={16} aria-hidden />
      </IconButton>
    </div>
  )
}
