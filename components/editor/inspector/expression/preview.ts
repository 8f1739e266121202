import { evaluate, evaluateBoolean, parseCondition } from '@/engine/expressions/condition'
import type { Reference } from '@/engine/expressions/reference'
import type { Scope } from '@/engine/expressions/scope'
import { parseStructure, renderStructure } from '@/engine/expressions/structure'
import { parseTemplate, renderText } from '@/engine/expressions/template'
import { NodeError } from '@/engine/failure'
import type { Json } from '@/engine/json'
import type { UpstreamValue } from '@/engine/plan/upstream'
import type { Language } from '../form/purpose'

export type Preview =
  /** There is nothing in it that a run would change. */
  | { type: 'fixed' }
  | { type: 'value'; value: Json }
  | { type: 'problem'; sentence: string }
  /** No earlier run says what these are. */
  | { type: 'unknown'; names: readonly string[] }

type Parsed =
  | { ok: true; references: readonly Reference[]; run: (scope: Scope) => Json }
  | { ok: false; message: string }

/** What an expression would have given with the values of the last run. */
export function previewOf(language: Language, source: Json, upstream: readonly UpstreamValue[]): Preview {
  if (source === '') return { type: 'fixed' }
  const parsed = parse(language, source)
  if (!parsed.ok) return { type: 'problem', sentence: parsed.message }
  if (parsed.references.length === 0 && language !== 'condition' && language !== 'value') return { type: 'fixed' }
  const values = new Map(upstream.map((value) => [value.name, value]))
  const roots = [...new Set(parsed.references.map(({ root }) => root))]
  // Names that are not there at all are for the compiler to speak of.
  if (roots.some((root) => !values.has(root))) return { type: 'fixed' }
  const names = roots.filter((root) => values.get(root)?.value === undefined)
  if (names.length > 0) return { type: 'unknown', names }
  try {
    return { type: 'value', value: parsed.run({ get: (name) => values.get(name)?.value }) }
  } catch (error) {
    if (error instanceof NodeError) return { type: 'problem', sentence: error.message }
    throw error
  }
}

function parse(language: Language, source: Json): Parsed {
  if (language === 'structure') return parseJson(source)
  const text = typeof source === 'string' ? source : ''
  if (language === 'text') {
    const parsed = parseTemplate(text)
    if (!parsed.ok) return parsed
    return { ok: true, references: parsed.template.references, run: (scope) => renderText(parsed.template, scope) }
  }
  const parsed = parseCondition(text)
  if (!parsed.ok) return parsed
  const run = language === 'condition' ? evaluateBoolean : evaluate
  return { ok: true, references: parsed.condition.references, run: (scope) => run(parsed.condition, scope) }
}

function parseJson(source: Json): Parsed {
  const { structure, problems } = parseStructure(source)
  const [problem] = problems
  if (problem !== undefined) return { ok: false, message: problem.message }
  const references = structure.references.map(({ reference }) => reference)
  return { ok: true, references, run: (scope) => renderStructure(structure, scope) }
}
