'use client'
import { Handle, Position } from '@xyflow/react'
import { memo } from 'react'
import { useEditorState } from '@/components/editor/store/context'
import { portTop } from '@/components/editor/store/derive-flow'
import type { NodeData } from '@/components/editor/store/types'
import { cx } from '@/components/ui/cx'

type Props = { id: string; ports: NodeData['ports']; hasTarget: boolean; height: number }

/** The dots at the sides. While a connection is drawn they say where it may end. */
export const Ports = memo(function Ports({ id, ports, hasTarget, height }: Props) {
  const offer = useEditorState(({ connecting }) =>
    connecting === null ? 'none' : connecting.valid.has(id) ? `valid-${connecting.side}` : 'invalid',
  )
  const isNamed = ports.length > 1 || (ports[0] !== undefined && ports[0].name !== 'out')
  return (
    <>
      {hasTarget && (
        <Handle
          type="target"
          id="in"
          position={Position.Left}
          className={cx('port', offer === 'valid-source' && 'port-valid', offer === 'invalid' && 'port-invalid')}
        />
      )}
      {ports.map(({ name, known }, index) => (
        <Handle
          key={name}
          type="source"
          id={name}
          position={Position.Right}
          style={{ top: portTop(index, ports.length, height) }}
          className={cx(
            'port',
            !known && 'port-lost',
            offer === 'valid-target' && 'port-valid',
            offer === 'invalid' && 'port-invalid',
          )}
        >
          {isNamed && <span className="port-name">{name}</span>}
        </Handle>
      ))}
    </>
  )
})
