'use client'
import { useState } from 'react'
import { CopyButton } from '@/components/ui/copy-button'
import { formatSize } from '@/components/ui/format'
import { Markdown } from '@/components/ui/markdown'
import { Segmented } from '@/components/ui/segmented'
import { isJsonObject, type Json } from '@/engine/json'
import { tokenize } from './expression/tokens'

/** Words of an agent among its data, or a text itself; null when there are none. */
const wordsIn = (value: Json): string | null => {
  if (typeof value === 'string') return value
  return isJsonObject(value) && typeof value.text === 'string' ? value.text : null
}

const longestColoured = 40_000

/** A value as a person reads it: words as words, data as JSON. */
export function ValueView({ value, label }: { value: Json; label: string }) {
  const words = wordsIn(value)
  const [mode, setMode] = useState<'text' | 'json'>('text')
  const json = JSON.stringify(value, null, 2)
  const shown = words !== null && mode === 'text' ? words : json
  return (
    <div className="grid min-w-0 grid-cols-1 gap-1.5">
      <div className="bg-sunken border-line max-h-80 min-w-0 overflow-auto rounded-control border p-3 text-sm">
        {words !== null && mode === 'text' ? <Markdown text={words} /> : <ColouredJson text={json} />}
        {shown === '' && <span className="text-ink-faint">Empty text</span>}
      </div>
      <div className="flex flex-wrap items-center gap-2">
        {words !== null && (
          <Segmented
            small
            label={`Show ${label} as`}
            value={mode}
            choices={[
              { value: 'text', label: 'Text' },
              { value: 'json', label: 'JSON' },
            ]}
            onChange={(next) => setMode(next === 'json' ? 'json' : 'text')}
          />
        )}
        <span className="text-ink-faint text-xs">{formatSize(json.length)}</span>
        <span className="ml-auto">
          <CopyButton text={shown} />
        </span>
      </div>
    </div>
  )
}

function ColouredJson({ text }: { text: string }) {
  const tokens = text.length > longestColoured ? [{ kind: 'plain', text } as const] : tokenize(text, 'json')
  return (
    <pre className="font-mono text-xs break-words whitespace-pre-wrap">
      {tokens.map((token, index) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: tokens have no identity beyond their place
          key={index}
          className={token.kind === 'key' ? 'text-data' : token.kind === 'text' ? 'text-done' : undefined}
        >
          {token.text}
        </span>
      ))}
    </pre>
  )
}
