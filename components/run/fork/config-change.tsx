'use client'
import { useState } from 'react'
import { TextAreaField } from '@/components/ui/field'
import type { GraphNode } from '@/engine/graph/schema'
import { type ForkChange, textsOf } from './fork-plan'

/** What the node is told, to be told otherwise this once. */
export function ConfigChange({ node, onChange }: { node: GraphNode; onChange: (change: ForkChange) => void }) {
  const [texts, setTexts] = useState(() => textsOf(node))
  return (
    <div className="grid gap-3">
      {Object.entries(texts).map(([field, text]) => (
        <TextAreaField
          key={field}
          label={field.charAt(0).toUpperCase() + field.slice(1)}
          rows={field === 'instructions' ? 5 : 3}
          value={text}
          onChange={(event) => {
            const next = { ...texts, [field]: event.target.value }
            setTexts(next)
            onChange({ type: 'config', node, texts: next })
          }}
        />
      ))}
      <p className="text-ink-faint text-sm">Only this run gets these words. The workflow stays as it is.</p>
    </div>
  )
}
