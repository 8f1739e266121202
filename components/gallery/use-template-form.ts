'use client'
import { useState } from 'react'
import { type Draft, emptyDraft, readDraftValues } from '@/components/workflows/field-values'
import type { Graph } from '@/engine/graph/schema'
import type { InputField } from '@/engine/input'
import { inputSpec } from '@/nodes/input/spec'
import type { Difficulty } from './words'

/** What is typed about a template before it is saved, beginning with what its graph says of itself. */
export function useTemplateForm(graph: Graph) {
  const { template } = graph
  const inputs = inputsOf(graph)
  const [typed, setTyped] = useState({
    name: graph.name,
    description: graph.description ?? '',
    category: template?.category ?? '',
    tags: (template?.tags ?? []).join(', '),
    difficulty: template?.difficulty ?? ('medium' as Difficulty),
    summary: template?.summary ?? '',
  })
  const [sample, setSample] = useState<Draft>(() => emptyDraft(inputs.map((field) => withSample(field, graph))))
  const [problems, setProblems] = useState<{ readonly [name: string]: string }>({})

  /** Null while something does not fit; what it is stands at its field then. */
  const read = () => {
    // A sample may be left half empty: whoever uses the template fills in the rest.
    const optional = inputs.map((field) => ({ ...field, required: false }))
    const reading = readDraftValues(optional, sample)
    setProblems(reading.ok ? {} : reading.problems)
    if (!reading.ok || typed.name.trim() === '') return null
    const { name, description, category, tags, difficulty, summary } = typed
    return {
      name: name.trim(),
      description: description.trim(),
      ...(category.trim() === '' ? {} : { category: category.trim().toLowerCase() }),
      tags: tags
        .split(',')
        .map((tag) => tag.trim())
        .filter((tag) => tag !== ''),
      difficulty,
      summary: summary.trim(),
      sampleInput: reading.values,
    }
  }
  const set = (change: Partial<typeof typed>) => setTyped((before) => ({ ...before, ...change }))
  return { typed, set, inputs, sample, setSample, problems, read }
}

function inputsOf({ nodes }: Graph): readonly InputField[] {
  const config = inputSpec.config.safeParse(nodes.find(({ kind }) => kind === 'input')?.config)
  return config.success ? config.data.fields : []
}

const withSample = (field: InputField, { template }: Graph): InputField => {
  const given = template?.sampleInput?.[field.name]
  return given === undefined ? field : { ...field, default: given }
}
