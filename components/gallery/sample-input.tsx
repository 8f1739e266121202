import { labelOf } from '@/components/workflows/field-values'
import type { Graph } from '@/engine/graph/schema'
import type { InputField } from '@/engine/input'
import type { Json, JsonObject } from '@/engine/json'
import { inputSpec } from '@/nodes/input/spec'

/** What is filled in when its run is started for the first time, under the questions that it answers. */
export function SampleInput({ graph, sample }: { graph: Graph; sample: JsonObject }) {
  const fields = fieldsOf(graph)
  const given = Object.entries(sample)
  if (given.length === 0) return <p className="text-ink-soft text-sm">It asks for nothing and can start right away.</p>
  return (
    <dl className="border-line divide-line rounded-card divide-y border text-sm">
      {given.map(([name, value]) => (
        <div key={name} className="grid gap-0.5 px-3 py-2.5">
          <dt className="text-ink-faint text-xs">
            {labelOf(fields.find((field) => field.name === name) ?? { name, type: 'text' })}
          </dt>
          <dd className="max-h-48 overflow-auto break-words whitespace-pre-wrap">{textOf(value)}</dd>
        </div>
      ))}
    </dl>
  )
}

function fieldsOf({ nodes }: Graph): readonly InputField[] {
  const start = nodes.find(({ kind }) => kind === 'input')
  const config = inputSpec.config.safeParse(start?.config)
  return config.success ? config.data.fields : []
}

const textOf = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value, null, 2))
