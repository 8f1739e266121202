'use client'
import { type KeyboardEvent, type Ref, useImperativeHandle, useMemo, useRef } from 'react'
import { cx } from '@/components/ui/cx'
import type { UpstreamValue } from '@/engine/plan/upstream'
import { SuggestionList } from './suggestion-list'
import { type EditorLanguage, type TokenKind, tokenize } from './tokens'
import { useSuggestions } from './use-suggestions'

const colours: Readonly<Record<TokenKind, string>> = {
  plain: '',
  mark: 'text-accent',
  name: 'text-people',
  field: 'text-data',
  text: 'text-done',
  number: 'text-flow',
  word: 'text-accent',
  call: 'text-flow',
  sign: 'text-ink-faint',
  key: 'text-data',
  comment: 'text-ink-faint italic',
}

export type EditorWiring = {
  id?: string | undefined
  label?: string | undefined
  describedBy?: string | undefined
  invalid?: boolean
}
export type EditorHandle = { insertData: () => void; writeOn: () => void }

type CodeEditorProps = EditorWiring & {
  value: string
  onChange: (text: string) => void
  language: EditorLanguage
  upstream: readonly UpstreamValue[]
  /** line: one line. few: grows from three lines on. page: takes the room there is. */
  height: 'line' | 'few' | 'page'
  placeholder?: string | undefined
  onKeyDown?: ((event: KeyboardEvent) => void) | undefined
  ref?: Ref<EditorHandle>
}

const heights = { line: 'min-h-9 max-h-40', few: 'min-h-20 max-h-80', page: 'min-h-[50dvh] max-h-[60dvh]' } as const
// 16 px on phones: smaller text makes iOS zoom into the field. Both layers must break lines at the same places.
const layer = 'col-start-1 row-start-1 m-0 min-w-0 px-3 py-2 text-[16px] leading-5 break-words whitespace-pre-wrap'

const usual = 'md:text-sm md:leading-5'
const large = 'md:text-base md:leading-6'
const unseen = 'caret-ink resize-none overflow-hidden bg-transparent text-transparent outline-none'
const frame =
  'control data-invalid:border-failed has-focus-visible:border-accent has-focus-visible:outline-accent has-focus-visible:outline-2 has-focus-visible:-outline-offset-1 grid w-full overflow-x-hidden overflow-y-auto'

/**
 * A text area whose letters are invisible over a coloured copy of themselves. The copy gives the height, so the two never
 * scroll apart.
 */
export function CodeEditor(props: CodeEditorProps) {
  const { value, language, upstream, height, placeholder, invalid = false, ref } = props
  const area = useRef<HTMLTextAreaElement>(null)
  const copy = useRef<HTMLPreElement>(null)
  const onChange = (text: string) => props.onChange(height === 'line' ? text.replaceAll(/\r?\n/g, ' ') : text)
  const suggestions = useSuggestions({ area, value, language, upstream, onChange })
  useImperativeHandle(ref, () => ({
    insertData: suggestions.insertData,
    writeOn: () => {
      area.current?.focus()
      area.current?.setSelectionRange(value.length, value.length)
    },
  }))
  const isOffering = suggestions.offer !== null
  const isProse = language === 'text' || language === 'plain'
  const look = cx(layer, isProse ? 'font-sans' : 'font-mono', height === 'page' ? large : usual)
  const onKeyDown = (event: KeyboardEvent) => {
    if (suggestions.onKeyDown(event)) return
    if (height === 'line' && event.key === 'Enter' && !event.metaKey && !event.ctrlKey) event.preventDefault()
    props.onKeyDown?.(event)
  }
  return (
    <div
      data-invalid={(invalid && !isOffering) || undefined}
      data-offering={isOffering || undefined}
      className={cx(frame, heights[height])}
    >
      <Coloured ref={copy} text={value} language={language} className={look} />
      <textarea
        ref={area}
        id={props.id}
        aria-label={props.label}
        aria-describedby={props.describedBy}
        aria-invalid={invalid}
        {...suggestions.wiring}
        value={value}
        placeholder={placeholder}
        rows={1}
        spellCheck={isProse}
        autoCapitalize={isProse ? undefined : 'off'}
        autoComplete="off"
        onChange={(event) => {
          onChange(event.target.value)
          suggestions.onTyped(event.target)
        }}
        onKeyDown={onKeyDown}
        onSelect={(event) => suggestions.onMoved(event.currentTarget)}
        onBlur={suggestions.close}
        className={cx(look, unseen)}
      />
      {suggestions.offer !== null && (
        <SuggestionList
          offer={suggestions.offer}
          active={suggestions.active}
          id={suggestions.listId}
          at={() => caretBox(copy.current, suggestions.offer?.from ?? 0)}
          onPick={suggestions.pick}
        />
      )}
    </div>
  )
}

type ColouredProps = { text: string; language: EditorLanguage; className: string; ref: Ref<HTMLPreElement> }

function Coloured({ text, language, className, ref }: ColouredProps) {
  const tokens = useMemo(() => tokenize(text, language), [text, language])
  return (
    <pre ref={ref} aria-hidden className={cx(className, 'pointer-events-none select-none')}>
      {tokens.map((token, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: tokens have no identity beyond their place
        <span key={index} className={colours[token.kind]}>
          {token.text}
        </span>
      ))}
      {/* The last line break of a block is not shown, and an empty one has no height. */}
      {'\n'}
    </pre>
  )
}

/** Where a character stands on the screen, read off the coloured copy. */
function caretBox(copy: HTMLPreElement | null, offset: number): DOMRect {
  if (copy === null) return new DOMRect()
  const texts = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT)
  let left = offset
  for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
    const length = text.textContent?.length ?? 0
    if (left <= length) {
      const range = document.createRange()
      range.setStart(text, left)
      range.setEnd(text, left)
      const box = range.getBoundingClientRect()
      return box.height > 0 ? box : copy.getBoundingClientRect()
    }
    left -= length
  }
  return copy.getBoundingClientRect()
}
