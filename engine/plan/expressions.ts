import { parseCondition } from '@/engine/expressions/condition'
import type { Reference } from '@/engine/expressions/reference'
import { parseStructure } from '@/engine/expressions/structure'
import { parseTemplate } from '@/engine/expressions/template'
import type { Json } from '@/engine/json'
import type { FieldExpression } from '@/engine/kind/spec'
import { ask, type DraftNode, label } from '@/engine/plan/draft'
import type { CompiledExpression } from '@/engine/plan/plan'
import type { Report } from '@/engine/plan/report'

/** A reference with where it stands. */
export type Mention = { node: DraftNode; field: string; reference: Reference; inside: boolean }

type Parsed = {
  compiled: CompiledExpression | null
  references: readonly { field: string; reference: Reference }[]
  problems: readonly { field: string; message: string }[]
}

/** Parses what a node's config holds in expressions, once, and gives back all that they refer to. */
export function readExpressions(node: DraftNode, report: Report): Mention[] {
  const expressions = ask(node, (config) => node.spec.expressions(config)) ?? []
  return expressions.flatMap((expression) => {
    if (isBlank(expression.source) && node.config.type === 'partial') return []
    const { compiled, references, problems } = parseExpression(expression)
    if (compiled !== null) node.expressions.set(expression.field, compiled)
    for (const { field, message } of problems) {
      const sentence = `\`${field}\` of ${label(node)} cannot be read; correct it: ${message}`
      report.config(node, 'bad_expression', { field, message: sentence })
    }
    return references.map((found) => ({ ...found, node, inside: expression.inside === true }))
  })
}

/** Already reported as missing. */
const isBlank = (source: Json | undefined): boolean =>
  source === undefined || (typeof source === 'string' && source.trim() === '')

function parseExpression({ field, type, source }: FieldExpression): Parsed {
  if (type === 'structure') return parseJson(field, source)
  if (typeof source !== 'string') return { compiled: null, references: [], problems: [] }
  if (type === 'text') {
    const parsed = parseTemplate(source)
    if (!parsed.ok) return failed(field, parsed.message)
    return {
      compiled: { type, template: parsed.template },
      references: placed(field, parsed.template.references),
      problems: [],
    }
  }
  const parsed = parseCondition(source)
  if (!parsed.ok) return failed(field, parsed.message)
  return {
    compiled: { type, condition: parsed.condition },
    references: placed(field, parsed.condition.references),
    problems: [],
  }
}

function parseJson(field: string, source: FieldExpression['source']): Parsed {
  const { structure, problems } = parseStructure(source)
  const at = (path: readonly (string | number)[]): string => [field, ...path].join('.')
  return {
    compiled: { type: 'structure', structure },
    references: structure.references.map(({ path, reference }) => ({ field: at(path), reference })),
    problems: problems.map(({ path, message }) => ({ field: at(path), message })),
  }
}

const placed = (field: string, references: readonly Reference[]) =>
  references.map((reference) => ({ field, reference }))

const failed = (field: string, message: string): Parsed => ({
  compiled: null,
  references: [],
  problems: [{ field, message }],
})
