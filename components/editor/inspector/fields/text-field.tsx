'use client'
import { Braces, Maximize2 } from 'lucide-react'
import { type ReactNode, useRef, useState } from 'react'
import { isJsonObject, type Json, type JsonObject } from '@/engine/json'
import type { UpstreamValue } from '@/engine/plan/upstream'
import type { Reading } from '../drafts'
import { CodeEditor, type EditorHandle } from '../expression/code-editor'
import { PreviewLine } from '../expression/preview-line'
import type { EditorLanguage } from '../expression/tokens'
import { WritingDialog } from '../expression/writing-dialog'
import { expressionAt } from '../form/purpose'
import { useDraft, useInspector } from '../inspector-scope'
import { problemsAt } from '../problems-at'
import { FieldFrame, SmallButton } from './field-frame'
import type { FieldProps } from './field-props'

type TextFieldProps = FieldProps & {
  long: boolean
  /** What is written, when it isn't an expression. */
  language?: EditorLanguage
  print?: (value: unknown) => string
  read?: (text: string) => Reading
  /** How it is shown otherwise. */
  choice?: ReactNode
}

/** Code sees what arrives and what it says that it uses. */
function usedBy(config: JsonObject, upstream: readonly UpstreamValue[]): readonly UpstreamValue[] {
  const uses: readonly Json[] = Array.isArray(config.uses) ? config.uses : []
  return upstream.filter(({ name }) => name === 'input' || uses.includes(name))
}

const printText = (value: unknown): string =>
  value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value)

/** Text: words as they are, a template, a condition, code. */
export function TextField({
  field,
  place,
  long,
  language = 'plain',
  print = printText,
  read,
  actions,
  choice,
}: TextFieldProps) {
  const { spec, node, problems, context, upstream, upstreamInside } = useInspector()
  const keep = (text: string): Reading => ({ ok: true, value: text === '' && !field.required ? undefined : text })
  const { value, text, sentence, write } = useDraft(place, { print, read: read ?? keep })
  const editor = useRef<EditorHandle>(null)
  const [isWriting, setWriting] = useState(false)
  const expression = expressionAt(spec, node.config, place)
  // Text in a place for data is a template like any other; only its value may keep its type.
  const spoken: EditorLanguage = expression?.type === 'structure' ? 'text' : (expression?.type ?? language)
  const names = spoken === 'code' ? usedBy(node.config, upstream) : expression?.inside ? upstreamInside : upstream
  const found = problemsAt(problems, place)
  const isCode = spoken === 'condition' || spoken === 'value'
  return (
    <FieldFrame
      title={field.title}
      description={field.description}
      required={field.required}
      problems={found}
      sentence={sentence}
      actions={
        <>
          {choice}
          {expression !== null && (
            <SmallButton label="Insert data" onClick={() => editor.current?.insertData()}>
              <Braces size={14} aria-hidden />
            </SmallButton>
          )}
          {long && (
            <SmallButton label={`Write ${field.title} on a larger page`} onClick={() => setWriting(true)}>
              <Maximize2 size={14} aria-hidden />
            </SmallButton>
          )}
          {actions}
        </>
      }
      below={
        expression !== null &&
        !isJsonObject(value) && (
          <PreviewLine
            language={expression.type}
            source={text}
            upstream={names}
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
            language={spoken}
            upstream={names}
            height={long && !isCode ? 'few' : 'line'}
            placeholder={typeof field.standard === 'string' ? field.standard : undefined}
            onKeyDown={(event) => {
              if (!long || event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return
              event.preventDefault()
              setWriting(true)
            }}
          />
          {long && (
            <WritingDialog
              title={field.title}
              open={isWriting}
              onClose={() => setWriting(false)}
              value={text}
              onChange={write}
              language={spoken}
              upstream={names}
            />
          )}
        </>
      )}
    </FieldFrame>
  )
}
