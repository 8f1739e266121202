'use client'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { RefView, ShownView } from '@/components/run/ref-view'
import { useReadValue } from '@/components/run/values/use-read-value'
import { wholeValue } from '@/components/run/values/wire-value'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { SkeletonRows } from '@/components/ui/panel'
import type { Ref } from '@/engine/payload'
import { isWithheld } from '@/engine/share/projection'
import { type FieldValue, type ResultField, resultOf } from './result-of'

/** What came out of a run, for whoever wants to read it; as JSON when asked for. */
export function ResultView({ value }: { value: Ref }) {
  const [isRaw, setRaw] = useState(false)
  const readValue = useReadValue()
  const whole = wholeValue(value)
  const isMissing = whole === null && !isWithheld(value)
  const read = useQuery({ ...readValue(value.hash), enabled: isMissing })
  if (isMissing && read.isLoading) return <SkeletonRows rows={3} className="h-6" />
  const json = whole ? whole.value : read.data
  const result = json === undefined || isWithheld(value) ? null : resultOf(json)
  if (json === undefined || result === null || result.type === 'value') return <RefView value={value} whole />
  if (result.type === 'nothing') return <Nothing>Nothing came out of it.</Nothing>
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      {isRaw ? <ShownView shown={{ type: 'data', text: asJson(json) }} /> : <Fields fields={result.fields} />}
      <div className="flex min-h-8 flex-wrap items-center gap-x-3">
        <Button size="small" tone="quiet" onClick={() => setRaw(!isRaw)}>
          {isRaw ? 'Show as text' : 'Show as JSON'}
        </Button>
        <CopyButton text={asJson(json)} />
      </div>
    </div>
  )
}

const asJson = (value: unknown): string => JSON.stringify(value, null, 2)

const Fields = ({ fields }: { fields: readonly ResultField[] }) => (
  <div className="divide-line grid grid-cols-[minmax(0,1fr)] divide-y">
    {fields.map(({ key, title, value }) => (
      <section
        key={key}
        aria-label={title}
        className="grid grid-cols-[minmax(0,1fr)] gap-1.5 py-4 first:pt-0 last:pb-1"
      >
        <h3 className="text-ink-soft text-sm font-semibold wrap-anywhere">{title}</h3>
        <FieldView value={value} />
      </section>
    ))}
  </div>
)

function FieldView({ value }: { value: FieldValue }) {
  switch (value.type) {
    case 'nothing':
      return <Nothing>Nothing</Nothing>
    case 'plain':
      return <p className="tabular-nums">{value.text}</p>
    default:
      return <ShownView shown={value} />
  }
}

const Nothing = ({ children }: { children: ReactNode }) => <p className="text-ink-faint text-sm">{children}</p>
