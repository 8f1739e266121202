import type { Problem } from '@/engine/plan/plan'
import type { FieldModel, Place } from './form/field-model'

/** Problems of the config; those of the node's own options (`parent`, `retry`) have a path without `config`. */
const isAboutConfig = ({ path, field }: Problem): boolean =>
  field !== undefined && (path === undefined || /^nodes\[\d+\]\.config/.test(path))

/** What is wrong with exactly this field, or with anything in it. */
export function problemsAt(
  problems: readonly Problem[],
  place: Place,
  depth: 'exactly' | 'below' = 'below',
): readonly Problem[] {
  const field = place.join('.')
  return problems.filter(
    (problem) =>
      isAboutConfig(problem) &&
      (problem.field === field || (depth === 'below' && problem.field?.startsWith(`${field}.`) === true)),
  )
}

/** What is wrong in an object and belongs to none of its fields. */
export function problemsBeside(
  problems: readonly Problem[],
  place: Place,
  fields: readonly FieldModel[],
): readonly Problem[] {
  const claimed = fields.map(({ name }) => [...place, name].join('.'))
  return problemsAt(problems, place).filter(
    ({ field = '' }) => !claimed.some((known) => field === known || field.startsWith(`${known}.`)),
  )
}

/** What is wrong with the node as a whole, its options and fields that its form doesn't know. */
export function problemsOfNode(problems: readonly Problem[], fields: readonly FieldModel[]): readonly Problem[] {
  const names = new Set(fields.map(({ name }) => name))
  return problems.filter((problem) => !isAboutConfig(problem) || !names.has(problem.field?.split('.')[0] ?? ''))
}
