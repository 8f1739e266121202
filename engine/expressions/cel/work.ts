import { NodeError } from '@/engine/failure'

/** What one evaluation may still do. Counted, not timed: the same condition on the same data always ends the same way. */
export type Work = { left: number }

export const startWork = (): Work => ({ left: 5_000_000 })

export function spend(work: Work, units: number): void {
  work.left -= units
  if (work.left < 0) throw failed('The condition does too much work: its lists or texts are too large.')
}

export const failed = (message: string): NodeError => new NodeError({ code: 'condition_failed', message })
