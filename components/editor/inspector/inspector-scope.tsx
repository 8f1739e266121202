'use client'
import { createContext, type ReactNode, useContext, useSyncExternalStore } from 'react'
import { valueAt } from '@/engine/graph/issues'
import type { Graph, GraphNode } from '@/engine/graph/schema'
import type { Json } from '@/engine/json'
import type { KindSpec } from '@/engine/kind/spec'
import type { Problem } from '@/engine/plan/plan'
import type { UpstreamValue } from '@/engine/plan/upstream'
import { type Draft, isCurrent, type Reading } from './drafts'
import type { Place } from './form/field-model'
import type { InspectorContext } from './inspector-context'

export type InspectorScope = {
  graph: Graph
  node: GraphNode
  spec: KindSpec
  problems: readonly Problem[]
  /** What the node's expressions may name, and what those see that look inside a box after its children. */
  upstream: readonly UpstreamValue[]
  upstreamInside: readonly UpstreamValue[]
  context: InspectorContext
  onConfigure: (path: (string | number)[], value: Json | undefined) => void
}

const Scope = createContext<InspectorScope | null>(null)

export const InspectorScopeProvider = ({ scope, children }: { scope: InspectorScope; children: ReactNode }) => (
  <Scope value={scope}>{children}</Scope>
)

export function useInspector(): InspectorScope {
  const scope = useContext(Scope)
  if (scope === null) throw new Error('useInspector is used outside of a NodeInspector')
  return scope
}

/** The value of a field of the config. Writing nothing takes it away. */
export function useValue(place: Place): { value: Json | undefined; write: (value: Json | undefined) => void } {
  const { node, onConfigure, context } = useInspector()
  return {
    value: valueAt(node.config, place) as Json | undefined,
    write: (value) => {
      context.drafts.drop(node.id, place)
      onConfigure([...place], value)
    },
  }
}

type Form = { print: (value: Json | undefined) => string; read: (text: string) => Reading }
type Held = Form & { value: Json | undefined; commit: (value: Json | undefined) => void }

/** Something that is written as text: what was typed stays as it is, and what can be read of it is handed on. */
export function useTyped(place: Place, { value, commit, print, read }: Held) {
  const { node, context } = useInspector()
  const { drafts } = context
  const current = () => drafts.get(node.id, place)
  const draft: Draft | undefined = useSyncExternalStore(drafts.subscribe, current, current)
  const shown = draft !== undefined && isCurrent(draft, value) ? draft : null
  return {
    value,
    text: shown?.text ?? print(value),
    sentence: shown?.reading.ok === false ? shown.reading.sentence : undefined,
    write: (text: string) => {
      const reading = read(text)
      drafts.put(node.id, place, { text, reading })
      if (reading.ok) commit(reading.value)
    },
    /** Back to what the graph holds. */
    discard: () => drafts.drop(node.id, place),
  }
}

/** A field of the config that is written as text. */
export function useDraft(place: Place, form: Form) {
  const { node, onConfigure } = useInspector()
  const value = valueAt(node.config, place) as Json | undefined
  return useTyped(place, { ...form, value, commit: (next) => onConfigure([...place], next) })
}
