import type { z } from 'zod'
import type { Json } from '../json'
import type { PathKey } from '../path'
import type { Ref } from '../payload'
import type { Budget } from '../run/budget'
import type { By } from '../run/events'
import type { WireEvent, WireRef } from '../run/wire'
import type { ShownOptions } from './options'
import type { ValueRules } from './project-value'
import { withheld } from './projection'
import type { ShownPath, ShownPaths } from './shown-paths'
import type { ShownValues } from './shown-values'

/** An event without its number: it gets one when it is sure to be shown. */
export type Unnumbered = WireEvent extends infer E ? (E extends WireEvent ? Omit<E, 'seq'> : never) : never

export type EventRules = ValueRules & {
  options: ShownOptions
  values: ShownValues
  paths: ShownPaths
  readValue: (ref: Ref) => Json
  /** A moment, if moments are shared. */
  time: (at: number) => number
}

/** A value as it may be seen. `how` names what is done to it: the same value may be seen in several ways. */
export function see(rules: EventRules, ref: Ref, how: string, project: (value: Json) => Json): WireRef {
  const { values, readValue } = rules
  if (values.isWithheld(ref.hash)) return withheld
  const value = project(readValue(ref))
  return value === null ? withheld : values.refTo(`${how} ${ref.hash}`, () => value)
}

/** When and where something is shown to have happened. */
export type Head = { at: number; inherited?: true }
export type At = { head: Head; place: ShownPath }

export const byOf = ({ options, values }: EventRules, { type, name }: By): By => ({
  type,
  ...(options.showAuthor && name !== undefined && { name: values.text(name) }),
})

/** Paths that are shown, each once. */
export function openPaths({ paths }: EventRules, list: readonly PathKey[]): PathKey[] {
  const shown = list.map(paths).filter(({ is }) => is !== 'inside')
  return [...new Set(shown.map(({ path }) => path))]
}

export const budgetOf = ({ maxTokens, maxCost, maxSeconds, maxSteps }: z.infer<typeof Budget>): Budget => ({
  ...(maxTokens !== undefined && { maxTokens }),
  ...(maxCost !== undefined && { maxCost }),
  ...(maxSeconds !== undefined && { maxSeconds }),
  ...(maxSteps !== undefined && { maxSteps }),
})
