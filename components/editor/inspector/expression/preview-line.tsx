'use client'
import { Eye } from 'lucide-react'
import { useDeferredValue, useMemo } from 'react'
import type { Json } from '@/engine/json'
import type { UpstreamValue } from '@/engine/plan/upstream'
import type { Language } from '../form/purpose'
import { type Preview, previewOf } from './preview'

type Props = {
  language: Language
  source: Json
  upstream: readonly UpstreamValue[]
  hasRun: boolean /** What is wrong with it is said already. */
  isWrong?: boolean
}

/** What the field would have given in the last run. It follows a moment behind the typing. */
export function PreviewLine({ language, source, upstream, hasRun, isWrong = false }: Props) {
  const deferred = useDeferredValue(source)
  const preview = useMemo(() => previewOf(language, deferred, upstream), [language, deferred, upstream])
  if (preview.type === 'fixed' || (preview.type === 'problem' && isWrong)) return null
  if (preview.type === 'problem') {
    return (
      <p data-wrong className="text-failed text-xs break-words">
        {preview.sentence}
      </p>
    )
  }
  return (
    <p className="text-ink-soft flex items-start gap-1.5 text-xs">
      <Eye size={14} aria-hidden className="text-ink-faint mt-px shrink-0" />
      <span className="sr-only">With the last run: </span>
      <span className="line-clamp-4 min-w-0 break-words whitespace-pre-wrap">{wordsOf(preview, hasRun)}</span>
    </p>
  )
}

function wordsOf(preview: Extract<Preview, { type: 'value' | 'unknown' }>, hasRun: boolean): string {
  if (preview.type === 'unknown') {
    const names = preview.names.join(', ')
    return hasRun ? `${names} gave nothing in the last run.` : 'Run the workflow once to see the value here.'
  }
  const { value } = preview
  if (value === '') return '(empty text)'
  return typeof value === 'string' ? value.slice(0, 600) : JSON.stringify(value).slice(0, 600)
}
