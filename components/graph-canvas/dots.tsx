import { Handle, Position } from '@xyflow/react'
import { memo } from 'react'
import { portTop } from '@/components/editor/store/derive-flow'
import type { NodeData } from '@/components/editor/store/types'

type Props = { ports: NodeData['ports']; hasTarget: boolean; height: number }

/** Where edges arrive and leave. There is nothing to connect any more. */
export const Dots = memo(function Dots({ ports, hasTarget, height }: Props) {
  return (
    <>
      {hasTarget && <Handle type="target" id="in" position={Position.Left} isConnectable={false} className="port" />}
      {ports.map(({ name }, index) => (
        <Handle
          key={name}
          type="source"
          id={name}
          position={Position.Right}
          isConnectable={false}
          className="port"
          style={{ top: portTop(index, ports.length, height) }}
        />
      ))}
    </>
  )
})
