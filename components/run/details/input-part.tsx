'use client'
import { LoaderCircle } from 'lucide-react'
import { Part } from '@/components/run/part'
import { NotShared, ShownView } from '@/components/run/ref-view'
import { showValue } from '@/components/run/value-text'
import type { Computed } from '@/components/run/values/past-values'
import { useNodeInput } from '@/components/run/values/use-node-values'
import type { Json } from '@/engine/json'

/** What arrived at a node, and what its fields came to with the data of this run. */
export function InputPart({ path }: { path: string }) {
  const { arrived, fields, problem } = useNodeInput(path)
  return (
    <div className="grid gap-4">
      {problem !== null && <p className="text-failed">{problem}</p>}
      <Part title="Arrived">
        <ComputedView computed={arrived} />
      </Part>
      {fields.map(({ field, value }) => (
        <Part key={field} title={`${titleOf(field)}, filled in`}>
          <ComputedView computed={value} />
        </Part>
      ))}
    </div>
  )
}

const titleOf = (field: string): string => field.charAt(0).toUpperCase() + field.slice(1).replaceAll('.', ' › ')

function ComputedView({ computed }: { computed: Computed<Json> }) {
  switch (computed.type) {
    case 'ready':
      return <ShownView shown={showValue(computed.value)} />
    case 'missing':
      return (
        <p role="status" className="text-ink-faint flex items-center gap-1.5">
          <LoaderCircle size={14} aria-hidden className="animate-turn" />
          Loading
        </p>
      )
    case 'failed':
      return <p className="text-failed">{computed.message}</p>
    case 'withheld':
      return <NotShared />
    case 'unknown':
      return <p className="text-ink-faint">The run has not come here at this moment.</p>
  }
}
