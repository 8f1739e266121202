import type { Context } from 'liquidjs'

export const longestSource = 200_000
export const longestOutput = 10_000_000
const mostSteps = 100_000
const mostBusyMs = 2_000
/** A process that was stopped in the middle of a step must not fail for it: a gap counts no more than this. */
const longestStepMs = 400

/**
 * Steps bound the loops, so that the same template on the same data ends the same way. The library hands its own clock in
 * as well; it is the last resort against steps that are heavy in ways the library doesn't count.
 */
export function limitSteps(context: Context): void {
  let steps = 0
  let busy = 0
  let last: number | null = null
  context.renderLimit.check = (now) => {
    steps += 1
    busy += last === null ? 0 : Math.min(now - last, longestStepMs)
    last = now
    if (steps > mostSteps || busy > mostBusyMs) throw new Error('step limit exceeded')
  }
}
