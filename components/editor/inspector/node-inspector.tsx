'use client'
import { type ReactNode, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import { Notice } from '@/components/ui/notice'
import type { Graph, GraphNode } from '@/engine/graph/schema'
import { type Json, own } from '@/engine/json'
import type { Problem } from '@/engine/plan/plan'
import { upstreamOf } from '@/engine/plan/upstream'
import { specs } from '@/nodes/registry/specs'
import { FormFields } from './fields/field-view'
import { focusAlone, focusField } from './focus-field'
import { formOf } from './form/form-of'
import type { InspectorAction, InspectorContext, OnSet } from './inspector-context'
import { InspectorHead } from './inspector-head'
import { type InspectorScope, InspectorScopeProvider } from './inspector-scope'
import { InspectorTabs, type TabName } from './inspector-tabs'
import { type AloneProps, AloneSection } from './sections/alone-section'
import { DataSection } from './sections/data-section'
import { ErrorsSection } from './sections/errors-section'
import { NodeProblems } from './sections/node-problems'
import { seenBy } from './seen-by'

export type NodeInspectorProps = {
  node: GraphNode
  graph: Graph
  /** Those of this node. */
  problems: readonly Problem[]
  context: InspectorContext
  /** Must reach `node` before the next key: what is typed is shown as the graph has it. Undefined takes the value away. */
  onConfigure: (path: (string | number)[], value: Json | undefined) => void
  onSet: OnSet
  onAction: (action: InspectorAction) => void
  /** A field to go to (`routes.1.when`), from a list of problems; `onGone` is called when the person is there. */
  wantedField?: string | null
  /** Go to where it is run alone. */
  isAloneWanted?: boolean
  onGone?: () => void
  /** What the tab of the runs holds (`RunsSection`); drawn only while it is open. */
  runs: ReactNode
  /** Left out: a node can't be run by itself here. */
  alone?: AloneProps | null
}

/** Everything about one node: how it is set up, what it did, how it fared. */
export function NodeInspector(props: NodeInspectorProps) {
  const { node, onSet, onAction, context } = props
  const spec = own(specs, node.kind)
  const scope = useScope(props)
  const { tab, setTab, form } = useWantedPlace(props)
  if (spec === undefined || scope === null) {
    return (
      <div className="grid grid-cols-1 gap-4 p-4">
        <InspectorHead node={node} readOnly={context.readOnly} onSet={onSet} onAction={onAction} />
        <Notice tone="failed" title={`There is no kind of node called ${node.kind}.`}>
          It was made with another version, perhaps. Remove it, or change its kind in the text of the graph.
        </Notice>
      </div>
    )
  }
  const setup = <Setup key={node.id} scope={scope} onSet={onSet} />
  const data = (
    <div key={node.id} className="grid grid-cols-1 gap-6 pb-4">
      <DataSection onAction={onAction} />
      {props.alone && <AloneSection {...props.alone} />}
    </div>
  )
  return (
    <InspectorScopeProvider scope={scope}>
      <div ref={form} className="grid min-w-0 grid-cols-1 gap-3 p-4">
        <InspectorHead node={node} readOnly={context.readOnly} onSet={onSet} onAction={onAction} />
        {spec.family === 'note' ? (
          setup
        ) : (
          <InspectorTabs
            label={`About ${node.name ?? node.id}`}
            tab={tab}
            onTab={setTab}
            content={{ setup, data, runs: props.runs }}
          />
        )}
      </div>
    </InspectorScopeProvider>
  )
}

/** The form, the open tab, and the way to a field that somebody wants to mend, or to where the node is run alone. */
function useWantedPlace({ wantedField = null, isAloneWanted = false, onGone }: NodeInspectorProps) {
  const [tab, setTab] = useState<TabName>('setup')
  const form = useRef<HTMLDivElement>(null)
  const gone = useRef(onGone)
  gone.current = onGone
  useEffect(() => {
    if (wantedField === null && !isAloneWanted) return
    const there = isAloneWanted ? 'data' : 'setup'
    if (tab !== there) return setTab(there)
    const frame = requestAnimationFrame(() => {
      if (form.current?.isConnected && isAloneWanted) focusAlone(form.current)
      else if (form.current?.isConnected && wantedField !== null) focusField(form.current, wantedField)
      gone.current?.()
    })
    return () => cancelAnimationFrame(frame)
  }, [wantedField, isAloneWanted, tab])
  return { tab, setTab, form }
}

function Setup({ scope, onSet }: { scope: InspectorScope; onSet: OnSet }) {
  const { spec, context } = scope
  const fields = formOf(spec)
  const canFail = spec.family !== 'ends' && spec.family !== 'note'
  return (
    <fieldset disabled={context.readOnly} className="grid min-w-0 grid-cols-1 gap-5 pb-4">
      <legend className="sr-only">Setup</legend>
      <NodeProblems fields={fields} />
      <FormFields fields={fields} place={[]} />
      {canFail && <ErrorsSection onSet={onSet} />}
    </fieldset>
  )
}

/** What can be referred to is worked out a moment behind the typing: it looks at the whole graph. */
function useScope({ node, graph, problems, context, onConfigure }: NodeInspectorProps): InspectorScope | null {
  const { lastRun, pins } = context
  const past = useMemo(() => seenBy(graph, node.id, { lastRun, pins }), [graph, node.id, lastRun, pins])
  const settled = useDeferredValue(graph)
  const upstream = useMemo(
    () => upstreamOf({ graph: settled, specs, past }, { node: node.id }),
    [settled, past, node.id],
  )
  const upstreamInside = useMemo(
    () => upstreamOf({ graph: settled, specs, past }, { node: node.id, inside: true }),
    [settled, past, node.id],
  )
  const spec = own(specs, node.kind)
  return spec === undefined ? null : { graph, node, spec, problems, upstream, upstreamInside, context, onConfigure }
}
