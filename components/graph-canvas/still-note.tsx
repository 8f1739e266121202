import type { NodeProps } from '@xyflow/react'
import { memo } from 'react'
import type { FlowNode } from '@/components/editor/store/types'

export const StillNote = memo(function StillNote({ data }: NodeProps<FlowNode>) {
  const { text } = data.node.config
  return (
    <div className="node-note">
      <p className="h-full overflow-hidden break-words whitespace-pre-wrap">{typeof text === 'string' ? text : ''}</p>
    </div>
  )
})
