'use client'
import { Braces, Maximize2 } from 'lucide-react'
import { useRef, useState } from 'react'
import { Segmented } from '@/components/ui/segmented'
import { CodeEditor, type EditorHandle } from '../expression/code-editor'
import { PreviewLine } from '../expression/preview-line'
import { WritingDialog } from '../expression/writing-dialog'
import type { FieldModel } from '../form/field-model'
import { expressionAt } from '../form/purpose'
import { useDraft, useInspector, useValue } from '../inspector-scope'
import { problemsAt } from '../problems-at'
import { FieldFrame, SmallButton } from './field-frame'
import type { FieldProps } from './field-props'
import { printJson, readJson } from './read-text'
import { TextField } from './text-field'

/** Any value: text with references, or data whose texts are. */
export function JsonField(props: FieldProps) {
  const { field, place, actions } = props
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
  const row = (
    <>
      {choice}
      {actions}
    </>
  )
  if (mode === 'text') return <TextField {...props} actions={row} long />
  return <DataField {...props} actions={row} />
}

type DataFieldProps = FieldProps & { field: FieldModel }

export function DataField({ field, place, actions }: DataFieldProps) {
  const { spec, node, problems, context, upstream } = useInspector()
  const { value, text, sentence, write } = useDraft(place, { print: printJson, read: readJson })
  const editor = useRef<EditorHandle>(null)
  const [isWriting, setWriting] = useState(false)
  const language = expressionAt(spec, node.config, place) === null ? 'json' : 'structure'
  return (
    <FieldFrame
      {...field}
      problems={problemsAt(problems, place)}
      sentence={sentence}
      actions={
        <>
          {actions}
          {language === 'structure' && (
            <SmallButton label="Insert data" onClick={() => editor.current?.insertData()}>
              <Braces size={14} aria-hidden />
            </SmallButton>
          )}
          <SmallButton label={`Write ${field.title} on a larger page`} onClick={() => setWriting(true)}>
            <Maximize2 size={14} aria-hidden />
          </SmallButton>
        </>
      }
      below={
        language === 'structure' &&
        value !== undefined && (
          <PreviewLine language="structure" source={value} upstream={upstream} hasRun={context.lastRun !== null} />
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
