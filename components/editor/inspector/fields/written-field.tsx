'use client'
import { Braces, Maximize2 } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react'
import type { Json } from '@/engine/json'
import type { UpstreamValue } from '@/engine/plan/upstream'
import { CodeEditor, type EditorHandle } from '../expression/code-editor'
import { PreviewLine } from '../expression/preview-line'
import type { EditorLanguage } from '../expression/tokens'
import { WritingDialog } from '../expression/writing-dialog'
import type { Language } from '../form/purpose'
import { useInspector } from '../inspector-scope'
import { problemsAt } from '../problems-at'
import { FieldFrame, SmallButton } from './field-frame'
import type { FieldProps } from './field-props'

type WrittenFieldProps = FieldProps & {
  text: string
  onChange: (text: string) => void
  sentence: string | undefined
  language: EditorLanguage
  upstream: readonly UpstreamValue[]
  /** What a run would make of it; null for words that are taken as they are. */
  preview: { language: Language; source: Json } | null
  height: 'line' | 'few'
  /** Has a page of its own to write on. */
  long: boolean
  /** How it is shown otherwise. */
  choice?: ReactNode
}

/** Anything that is written in an editor: its frame, the editor, the preview, and the larger page. */
export function WrittenField(props: WrittenFieldProps) {
  const { field, place, text, onChange, language, upstream, preview, long } = props
  const { problems, context } = useInspector()
  const editor = useRef<EditorHandle>(null)
  const [isWriting, setWriting] = useState(false)
  const found = problemsAt(problems, place)
  const onKeyDown = (event: KeyboardEvent) => {
    if (!long || event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return
    event.preventDefault()
    setWriting(true)
  }
  const below = preview !== null && (
    <PreviewLine {...preview} upstream={upstream} hasRun={context.lastRun !== null} isWrong={found.length > 0} />
  )
  const shared = { value: text, onChange, language, upstream }
  return (
    <FieldFrame
      {...field}
      problems={found}
      sentence={props.sentence}
      actions={<Tools {...props} onInsert={() => editor.current?.insertData()} onExpand={() => setWriting(true)} />}
      below={below}
    >
      {(wiring) => (
        <>
          <CodeEditor
            ref={editor}
            {...wiring}
            {...shared}
            height={props.height}
            placeholder={typeof field.standard === 'string' ? field.standard : undefined}
            onKeyDown={onKeyDown}
          />
          {long && <WritingDialog {...shared} title={field.title} open={isWriting} onClose={() => setWriting(false)} />}
        </>
      )}
    </FieldFrame>
  )
}

type ToolsProps = WrittenFieldProps & { onInsert: () => void; onExpand: () => void }

function Tools({ field, preview, long, choice, actions, onInsert, onExpand }: ToolsProps) {
  return (
    <>
      {choice}
      {preview !== null && (
        <SmallButton label="Insert data" onClick={onInsert}>
          <Braces size={14} aria-hidden />
        </SmallButton>
      )}
      {long && (
        <SmallButton label={`Write ${field.title} on a larger page`} onClick={onExpand}>
          <Maximize2 size={14} aria-hidden />
        </SmallButton>
      )}
      {actions}
    </>
  )
}
