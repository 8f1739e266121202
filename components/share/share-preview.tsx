'use client'
import { Check, Minus } from 'lucide-react'
import { useMemo } from 'react'
import { problemOf } from '@/components/api/problem'
import { PanelTabs } from '@/components/run/panel-tabs'
import { GraphStage } from '@/components/shared-run/graph-stage'
import { RecordedRun } from '@/components/shared-run/recorded-run'
import { cx } from '@/components/ui/cx'
import { CodeBlock } from '@/components/ui/markdown'
import { Notice } from '@/components/ui/notice'
import { SkeletonRows } from '@/components/ui/panel'
import type { Projection } from '@/engine/share/projection'
import { HideNodes } from './hide-nodes'
import { leavingWith, textsIn } from './leaving'
import type { ShareForm } from './share-form'
import { type ShareSubject, usePreview } from './use-share'

type Props = { subject: ShareSubject; form: ShareForm; change: (part: Partial<ShareForm>) => void }

/** Exactly what the link would serve, before there is one. */
export function SharePreview({ subject, form, change }: Props) {
  const { data, error, isBehind } = usePreview(subject, form)
  return (
    <section aria-label="What leaves" className="grid min-w-0 grid-rows-[auto_minmax(0,1fr)] gap-2">
      <h3 className="text-sm font-semibold">
        What leaves <span className="text-ink-faint font-normal">· exactly this, nothing else</span>
      </h3>
      <div
        aria-busy={isBehind}
        className={cx(
          'border-line rounded-card h-[62dvh] min-h-80 overflow-hidden border transition-opacity lg:h-[min(62dvh,44rem)]',
          isBehind && 'opacity-55',
        )}
      >
        {error ? (
          <div className="p-4">
            <Notice tone="failed">{problemOf(error).detail}</Notice>
          </div>
        ) : data === undefined ? (
          <div className="p-4">
            <SkeletonRows rows={6} />
          </div>
        ) : (
          <Shown subject={subject} projection={data} form={form} change={change} />
        )}
      </div>
    </section>
  )
}

function Shown({ subject, projection, form, change }: Props & { projection: Projection }) {
  return (
    <PanelTabs
      label="What leaves"
      tabs={[
        { id: 'summary', title: 'Summary', content: () => <Summary projection={projection} /> },
        { id: 'page', title: 'As they see it', content: () => <Page projection={projection} /> },
        { id: 'texts', title: 'Every text', content: () => <Texts projection={projection} /> },
        {
          id: 'hide',
          title: 'Hide nodes',
          note: form.hide.length === 0 ? undefined : String(form.hide.length),
          content: () => <HideNodes subject={subject} hidden={form.hide} onChange={(hide) => change({ hide })} />,
        },
        { id: 'data', title: 'As data', content: () => <Data projection={projection} /> },
      ]}
    />
  )
}

function Summary({ projection }: { projection: Projection }) {
  const lines = useMemo(() => leavingWith(projection), [projection])
  return (
    <ul className="h-full overflow-y-auto p-2">
      {lines.map(({ what, leaves, detail }) => (
        <li key={what} className="border-line flex items-start gap-3 border-b px-2 py-2.5 text-sm last:border-b-0">
          {leaves ? (
            <Check size={16} aria-label="leaves" className="text-done mt-0.5 shrink-0" />
          ) : (
            <Minus size={16} aria-label="stays here" className="text-ink-faint mt-0.5 shrink-0" />
          )}
          <div className="min-w-0">
            <p className={cx('font-medium', !leaves && 'text-ink-soft')}>{what}</p>
            <p className="text-ink-faint break-words">{detail}</p>
          </div>
        </li>
      ))}
    </ul>
  )
}

const Page = ({ projection }: { projection: Projection }) =>
  projection.kind === 'run' ? (
    <RecordedRun recording={projection} className="h-full rounded-none border-0" />
  ) : (
    <GraphStage graph={projection.graph} className="h-full rounded-none border-0" />
  )

const mostTexts = 400

function Texts({ projection }: { projection: Projection }) {
  const texts = useMemo(() => textsIn(projection), [projection])
  return (
    <ol className="h-full overflow-y-auto p-4 text-sm">
      {texts.length === 0 && <li className="text-ink-faint">No text leaves but the names of nodes.</li>}
      {texts.slice(0, mostTexts).map(({ where, text }) => (
        <li key={text} className="border-line grid gap-1 border-b py-2.5 last:border-b-0">
          <p className="text-ink-faint text-xs font-medium">{where}</p>
          <p className="max-h-48 overflow-y-auto break-words whitespace-pre-wrap">{text}</p>
        </li>
      ))}
      {texts.length > mostTexts && (
        <li className="text-ink-faint py-2">And {texts.length - mostTexts} more: see “As data”.</li>
      )}
    </ol>
  )
}

const Data = ({ projection }: { projection: Projection }) => (
  <CodeBlock text={JSON.stringify(projection, null, 2)} className="h-full rounded-none border-0 text-xs" />
)
