'use client'
import type { ReactNode } from 'react'
import type { Json, JsonObject } from '@/engine/json'
import type { UpstreamValue } from '@/engine/plan/upstream'
import type { Reading } from '../drafts'
import type { EditorLanguage } from '../expression/tokens'
import { expressionAt } from '../form/purpose'
import { useDraft, useInspector } from '../inspector-scope'
import type { FieldProps } from './field-props'
import { WrittenField } from './written-field'

type TextFieldProps = FieldProps & {
  long: boolean
  /** What is written, when it isn't an expression. */
  language?: EditorLanguage
  print?: (value: Json | undefined) => string
  read?: (text: string) => Reading
  /** How it is shown otherwise. */
  choice?: ReactNode
}

/** Code sees what arrives and what it says that it uses. */
function usedBy(config: JsonObject, upstream: readonly UpstreamValue[]): readonly UpstreamValue[] {
  const uses: readonly Json[] = Array.isArray(config.uses) ? config.uses : []
  return upstream.filter(({ name }) => name === 'input' || uses.includes(name))
}

const printText = (value: Json | undefined): string =>
  value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value)

/** Text: words as they are, a template, a condition, code. */
export function TextField({ language = 'plain', print = printText, read, ...props }: TextFieldProps) {
  const { field, place, long } = props
  const { spec, node, upstream, upstreamInside } = useInspector()
  const keep = (text: string): Reading => ({ ok: true, value: text === '' && !field.required ? undefined : text })
  const { text, sentence, write } = useDraft(place, { print, read: read ?? keep })
  const expression = expressionAt(spec, node.config, place)
  // Text in a place for data is a template like any other; only its value may keep its type.
  const spoken: EditorLanguage = expression?.type === 'structure' ? 'text' : (expression?.type ?? language)
  const isCondition = spoken === 'condition' || spoken === 'value'
  return (
    <WrittenField
      {...props}
      text={text}
      onChange={write}
      sentence={sentence}
      language={spoken}
      upstream={spoken === 'code' ? usedBy(node.config, upstream) : expression?.inside ? upstreamInside : upstream}
      preview={expression === null ? null : { language: expression.type, source: text }}
      height={long && !isCondition ? 'few' : 'line'}
    />
  )
}
