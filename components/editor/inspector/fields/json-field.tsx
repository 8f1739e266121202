'use client'
import { Braces, Maximize2 } from 'lucide-react'
import { type ReactNode, useRef, useState } from 'react'
import { Segmented } from '@/components/ui/segmented'
import { CodeEditor, type EditorHandle } from '../expression/code-editor'
import { PreviewLine } from '../expression/preview-line'
import { WritingDialog } from '../expression/writing-dialog'
import { expressionAt } from '../form/purpose'
import { useDraft, useInspector, useValue } from '../inspector-scope'
import { problemsAt } from '../problems-at'
import { FieldFrame, SmallButton } from './field-frame'
import type { FieldProps } from './field-props'
import { printJson, readJson } from './read-text'
import { TextField } from './text-field'

/** Any value: text with references, or data whose texts are. */
export function JsonField(props: FieldProps) {
  const { field, place } = props
  const { spec, node, context } = useInspector()
  const { value, write } = useValue(place)
  const held = value === undefined ? null : typeof value === 'string' ? 'text' : 'data'
  const drafted = context.drafts.get(node.id, place)?.reading.ok === false
  const [wanted, setWanted] = useState<'text' | 'data'>(drafted ? 'data' : 'text')
  const takesText = expressionAt(spec, node.config, place)?.type === 'text'
  const mode = held === 'data' ? 'data' : takesText ? 'text' : wanted
  const change = (next: string) => {
    setWanted(next === 'data' ? 'data' : 'text')
    if (next === 'text' && held === 'data') write(printJson(value))
    const reading = next === 'data' && typeof value === 'string' ? readJson(value) : null
    if (reading?.ok) write(reading.value)
  }
  const choice =
    takesText && held !== 'data' ? null : (
      <Segmented
        small
        label={`${field.title} is`}
        value={mode}
        choices={[
          { value: 'text', label: 'Text' },
          { value: 'data', label: 'Data' },
        ]}
        onChange={change}
      />
    )
  if (mode === 'text') return <TextField {...props} choice={choice} long />
  return <DataField {...props} choice={choice} />
}

type DataFieldProps = FieldProps & { /** How it is shown otherwise. */ choice?: ReactNode }

export function DataField({ field, place, actions, choice }: DataFieldProps) {
  const { spec, node, problems, context, upstream } = useInspector()
  const { value, text, sentence, write } = useDraft(place, { print: printJson, read: readJson })
  const editor = useRef<EditorHandle>(null)
  const [isWriting, setWriting] = useState(false)
  const found = problemsAt(problems, place)
  const language = expressionAt(spec, node.config, place) === null ? 'json' : 'structure'
  return (
    <FieldFrame
      {...field}
      problems={found}
      sentence={sentence}
      actions={
        <>
          {choice}
          {language === 'structure' && (
            <SmallButton label="Insert data" onClick={() => editor.current?.insertData()}>
              <Braces size={14} aria-hidden />
            </SmallButton>
          )}
          <SmallButton label={`Write ${field.title} on a larger page`} onClick={() => setWriting(true)}>
            <Maximize2 size={14} aria-hidden />
          </SmallButton>
          {actions}
        </>
      }
      below={
        language === 'structure' &&
        value !== undefined && (
          <PreviewLine
            language="structure"
            source={value}
            upstream={upstream}
            hasRun={context.lastRun !== null}
            isWrong={found.length > 0}
          />
        )
      }
    >
      {(wiring) => (
        <>
          <CodeEditor
            ref={editor}
            {...wiring}
            value={text}
            onChange={write}
            language={language}
            upstream={upstream}
            height="few"
          />
          <WritingDialog
            title={field.title}
            open={isWriting}
            onClose={() => setWriting(false)}
            value={text}
            onChange={write}
            language={language}
            upstream={upstream}
          />
        </>
      )}
    </FieldFrame>
  )
}
