import { type Context, defaultOperators, type LiquidOptions } from 'liquidjs'

export const longestSource = 200_000
export const longestOutput = 10_000_000
const mostSteps = 100_000

/** Steps are counted instead of timed: a render that was held up by its machine must not fail for it. */
export function limitSteps(context: Context): void {
  let steps = 0
  context.renderLimit.check = () => {
    steps += 1
    if (steps > mostSteps) throw new Error('step limit exceeded')
  }
}

type Operators = NonNullable<LiquidOptions['operators']>

/** The library compares lists item by item and searches texts without counting it as work. */
function charged(name: '==' | '!=' | 'contains'): Operators[string] {
  const compare = defaultOperators[name] as (left: unknown, right: unknown, context: Context) => unknown
  return (left: unknown, right: unknown, context: Context) => {
    context.memoryLimit.use(weight(left, 3))
    return compare(left, right, context)
  }
}

function weight(value: unknown, levels: number): number {
  if (typeof value === 'string') return value.length / 64
  if (!Array.isArray(value)) return 1
  return levels === 0 ? value.length : value.reduce((sum: number, part) => sum + weight(part, levels - 1), value.length)
}

export const operators: Operators = {
  ...defaultOperators,
  '==': charged('=='),
  '!=': charged('!='),
  contains: charged('contains'),
}
