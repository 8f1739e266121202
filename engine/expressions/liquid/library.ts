import { Context, Liquid, type Template as LiquidNode } from 'liquidjs'
import type { Reference } from '../reference'
import type { Scope } from '../scope'
import { printCharged, registerFilters } from './filters'
import { limitSteps, longestOutput, longestSource } from './limits'

export type { LiquidNode }

/** Called as a filter, with the render's context. */
function printOutput(this: unknown, value: unknown): string {
  return printCharged(value, (this as { context: Context }).context)
}

/** Nothing here reads a file, and no date depends on the machine's time zone or language. */
const liquid = new Liquid({
  ownPropertyOnly: true,
  strictFilters: true,
  relativeReference: false,
  templates: {},
  parseLimit: longestSource,
  memoryLimit: longestOutput,
  timezoneOffset: 0,
  locale: 'en-US',
  outputEscape: printOutput,
})

for (const tag of ['include', 'render', 'layout', 'block']) delete liquid.tags[tag]
registerFilters(liquid)

export const parseNodes = (source: string): LiquidNode[] => liquid.parse(source)

export function renderNodes(nodes: LiquidNode[], references: readonly Reference[], scope: Scope): string {
  const context = new Context(valuesOf(references, scope), liquid.options, { sync: true }, { liquid })
  limitSteps(context)
  return String(liquid.renderSync(nodes, context))
}

/** Only what the template names: a value that is missing is there as null, so the library doesn't look any further. */
function valuesOf(references: readonly Reference[], scope: Scope): object {
  const values = Object.create(null)
  for (const { root } of references) values[root] = scope.get(root) ?? null
  return values
}
