'use client'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { problemOf } from '@/components/api/problem'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { formatSize } from '@/components/ui/format'
import { CodeBlock, Markdown } from '@/components/ui/markdown'
import { previewOf, type Ref } from '@/engine/payload'
import { isWithheld } from '@/engine/share/projection'
import { isWhole, type Shown, showPreview, showValue } from './value-text'
import { useReadValue } from './values/use-read-value'

/** A value of the run: its beginning at once, the rest when asked for, or at once with `whole`. */
export function RefView({ value, whole = false }: { value: Ref; whole?: boolean }) {
  const [isWanted, setWanted] = useState(whole)
  const readValue = useReadValue()
  const ref = { hash: value.hash, size: value.size, preview: previewOf(value) }
  const isMissing = !isWhole(ref)
  const read = useQuery({ ...readValue(ref.hash), enabled: isWanted && isMissing })
  const isShort = isMissing && read.data === undefined
  if (isWithheld(value)) return <NotShared />
  const shown = read.data === undefined ? showPreview(ref) : showValue(read.data)
  return (
    <div className="grid gap-2">
      <ShownView shown={shown} />
      <div className="flex min-h-8 flex-wrap items-center gap-x-3">
        <span className="text-ink-faint text-xs">{formatSize(ref.size)}</span>
        {isShort && (
          <Button size="small" tone="quiet" busy={read.isFetching} onClick={() => setWanted(true)}>
            Show all
          </Button>
        )}
        {!isShort && <CopyButton text={shown.text} />}
        {read.error && <span className="text-failed text-sm">{problemOf(read.error).detail}</span>}
      </div>
    </div>
  )
}

/** Stands where a value was left out of what is shared. */
export const NotShared = () => <p className="text-ink-faint text-sm">Not shared</p>

export function ShownView({ shown }: { shown: Shown }) {
  if (shown.text === '') return <p className="text-ink-faint text-sm">Empty</p>
  return shown.type === 'words' ? (
    <Markdown text={shown.text} className="max-w-3xl" />
  ) : (
    <CodeBlock text={shown.text} className="max-h-96 wrap-anywhere whitespace-pre-wrap" />
  )
}
