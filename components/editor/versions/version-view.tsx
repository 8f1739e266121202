'use client'
import { ReactFlowProvider } from '@xyflow/react'
import { useDeferredValue, useMemo, useState } from 'react'
import { problemOf } from '@/components/api/problem'
import { useEditorState } from '@/components/editor/store/context'
import { Notice } from '@/components/ui/notice'
import type { Graph } from '@/engine/graph/schema'
import { ChangesPanel } from './changes-panel'
import { compareGraphs } from './compare-graphs'
import { NodePanel } from './node-panel'
import { ShownProvider } from './picture-context'
import { useVersion } from './use-versions'
import type { Looking } from './version-address'
import { VersionBar } from './version-bar'
import { VersionPicture } from './version-picture'
import { type Against, inOrder, versionName } from './version-words'

type Props = { version: number; against: Against; onLook: (looking: Looking) => void; onRestored: () => void }

/** One version: its graph, and how it differs from another one. */
export function VersionView({ version, against, onLook, onRestored }: Props) {
  const { data: shown, error } = useVersion(version)
  const other = useVersion(typeof against === 'number' ? against : null)
  const draft = useDeferredValue(useEditorState(({ graph }) => graph))
  const beside = against === 'nothing' ? null : against === 'draft' ? draft : other.data?.graph
  const fault = error ?? (typeof against === 'number' ? other.error : null)
  return (
    <section aria-label={`Version ${version}`} className="flex min-w-0 flex-1 flex-col">
      <VersionBar version={version} graph={shown?.graph} against={against} onLook={onLook} onRestored={onRestored} />
      {fault && (
        <div className="p-4">
          <Notice tone="failed">{problemOf(fault).detail}</Notice>
        </div>
      )}
      {!fault && shown && beside === null && (
        <Desk key={version} graph={shown.graph} label={`The graph of version ${version}`} />
      )}
      {!fault && shown && beside && against !== 'nothing' && (
        <Compared version={version} against={against} graphs={{ shown: shown.graph, beside }} />
      )}
    </section>
  )
}

type ComparedProps = { version: number; against: number | 'draft'; graphs: { shown: Graph; beside: Graph } }

function Compared({ version, against, graphs: { shown, beside } }: ComparedProps) {
  const [older, newer] = inOrder(version, against)
  const comparison = useMemo(
    () => (older === version ? compareGraphs(shown, beside) : compareGraphs(beside, shown)),
    [older, version, shown, beside],
  )
  const title = `From ${versionName(older)} to ${versionName(newer)}`
  return <Desk key={`${older} ${newer}`} graph={comparison.graph} label={title} comparison={comparison} />
}

type DeskProps = { graph: Graph; label: string; comparison?: ReturnType<typeof compareGraphs> }

/** The picture, and beside it (on a phone below) what there is to read. */
function Desk({ graph, label, comparison }: DeskProps) {
  const [chosen, choose] = useState<string | null>(null)
  const shown = useMemo(
    () => ({ marks: comparison?.marks ?? null, wires: comparison?.wires ?? new Map(), chosen, choose }),
    [comparison, chosen],
  )
  return (
    <ShownProvider value={shown}>
      <ReactFlowProvider>
        <div className="flex min-h-0 flex-1 flex-col lg:flex-row">
          <div className="min-h-0 min-w-0 flex-1">
            <VersionPicture graph={graph} label={comparison ? `${label}, drawn` : label} />
          </div>
          <aside
            aria-label={comparison ? label : 'Set-up of the node'}
            className="bg-surface border-line max-h-[45%] overflow-auto border-t lg:max-h-none lg:w-[320px] lg:shrink-0 lg:border-t-0 lg:border-l"
          >
            {comparison ? (
              <>
                <h2 className="px-4 pt-3 font-semibold">{label}</h2>
                <ChangesPanel comparison={comparison} />
              </>
            ) : (
              <NodePanel graph={graph} />
            )}
          </aside>
        </div>
      </ReactFlowProvider>
    </ShownProvider>
  )
}
