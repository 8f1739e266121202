import { Part } from '@/components/run/part'
import { fieldTitle } from '@/components/run/result/field-title'
import { CodeBlock } from '@/components/ui/markdown'
import type { GraphNode } from '@/engine/graph/schema'
import type { Json } from '@/engine/json'
import { views } from '@/nodes/registry/views'

/** What a node is set up to do, field by field, for reading. */
export function NodeSetup({ node }: { node: GraphNode }) {
  const fields = Object.entries(node.config).filter(([, value]) => value !== null && value !== '')
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4 text-sm">
      <p className="text-ink-faint">
        {views[node.kind]?.title ?? node.kind} <code className="font-mono text-xs">{node.id}</code>
      </p>
      {fields.length === 0 && <p className="text-ink-faint">Nothing more is known about it here.</p>}
      {fields.map(([name, value]) => (
        <Part key={name} title={fieldTitle(name)}>
          <FieldValue value={value} />
        </Part>
      ))}
    </div>
  )
}

function FieldValue({ value }: { value: Json }) {
  if (typeof value === 'string') return <p className="break-words whitespace-pre-wrap">{value}</p>
  if (typeof value === 'number' || typeof value === 'boolean') return <p>{String(value)}</p>
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return <p>{value.join(', ')}</p>
  return <CodeBlock text={JSON.stringify(value, null, 2)} className="max-h-72 text-xs" />
}
