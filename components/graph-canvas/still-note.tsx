import type { NodeProps } from '@xyflow/react'
import { memo } from 'react'
import type { FlowNode } from '@/components/editor/store/types'

export const StillNote = memo(function StillNote({ data }: NodeProps<FlowNode>) {
  const { text } = data.node.config
  // A share link may leave the words of a note out; an empty box would be a riddle.
  if (typeof text !== 'string' || text.trim() === '') return null
  return (
    <div className="node-note">
      <p className="h-full overflow-hidden break-words whitespace-pre-wrap">{text}</p>
    </div>
  )
})
