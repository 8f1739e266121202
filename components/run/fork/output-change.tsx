'use client'
import { useState } from 'react'
import type { NodeEntry } from '@/components/run/run-tree'
import { useWholeValue } from '@/components/run/values/use-whole-value'
import { TextAreaField } from '@/components/ui/field'
import { SkeletonRows } from '@/components/ui/panel'
import type { Json } from '@/engine/json'
import type { ForkChange } from './fork-plan'

type Props = { entry: NodeEntry; onChange: (change: ForkChange) => void }

/** What the node is to have answered instead. */
export function OutputChange({ entry, onChange }: Props) {
  const output = entry.state?.status === 'completed' ? entry.state.output : null
  const whole = useWholeValue(output)
  if (whole === undefined) return <SkeletonRows rows={2} />
  return <Form path={entry.path} value={whole} onChange={onChange} />
}

function Form({ path, value, onChange }: { path: string; value: Json; onChange: Props['onChange'] }) {
  const isText = typeof value === 'string'
  const [text, setText] = useState(() => (isText ? value : JSON.stringify(value, null, 2)))
  return (
    <TextAreaField
      label="Its answer"
      hint={isText ? undefined : 'JSON'}
      mono={!isText}
      rows={10}
      value={text}
      onChange={(event) => {
        setText(event.target.value)
        onChange({ type: 'output', path, text: event.target.value, isText })
      }}
    />
  )
}
