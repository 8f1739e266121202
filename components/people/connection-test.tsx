'use client'
import { CircleCheck } from 'lucide-react'
import { problemOf } from '@/components/api/problem'
import { Button } from '@/components/ui/button'
import { formatDuration } from '@/components/ui/format'
import { Notice } from '@/components/ui/notice'
import type { ProbeResult } from '@/server/models/probe/types'

export type Suggestion = NonNullable<Extract<ProbeResult, { ok: false }>['problem']['suggestion']>

type Props = {
  result: ProbeResult | undefined
  error?: unknown
  /** Where the settings can be changed on the spot. */
  onTake?: (suggestion: Suggestion) => void
}

/** How trying a connection out went: what answered, or what is wrong and what to do about it. */
export function TestResult({ result, error, onTake }: Props) {
  return (
    <div aria-live="polite" className="empty:hidden">
      {result?.ok === true && <Works result={result} />}
      {result?.ok === false && (
        <Notice
          tone="failed"
          title="It does not work yet"
          actions={
            result.problem.suggestion && onTake ? (
              <TakeButton suggestion={result.problem.suggestion} onTake={onTake} />
            ) : undefined
          }
        >
          {result.problem.message}
        </Notice>
      )}
      {Boolean(error) && <Notice tone="failed">{problemOf(error).detail}</Notice>}
    </div>
  )
}

function Works({ result: { model, models, ms } }: { result: Extract<ProbeResult, { ok: true }> }) {
  return (
    <p className="bg-done-tint rounded-card flex items-start gap-2.5 p-3 text-sm">
      <CircleCheck size={16} aria-hidden className="text-done mt-0.5 shrink-0" />
      <span className="min-w-0 break-words">
        It works: <strong className="font-semibold">{model}</strong> answered in {formatDuration(ms)}.
        {models.length > 1 && ` The endpoint offers ${models.length} models.`}
      </span>
    </p>
  )
}

function TakeButton({ suggestion, onTake }: { suggestion: Suggestion; onTake: (suggestion: Suggestion) => void }) {
  const value = 'baseUrl' in suggestion ? suggestion.baseUrl : suggestion.model
  return (
    <Button size="small" title={value} onClick={() => onTake(suggestion)}>
      {'baseUrl' in suggestion ? 'Use that address' : `Use ${value}`}
    </Button>
  )
}
