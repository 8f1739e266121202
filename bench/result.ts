export type Unit =
  | 'runs/s'
  | 'steps/s'
  | 'ms'
  | 'µs'
  | 's'
  | 'MB'
  | '×'
  | '%'
  | 'commits'
  | 'requests/s'
  | 'events/s'
  | 'positions/s'
  | ''

/** One line of the table. Lines without a goal are there to explain those that have one. */
export type Row = {
  /** Stable, for programs: `a.ratio.64`. */
  id: string
  measure: string
  value: number
  unit: Unit
  goal?: { atMost: number } | { atLeast: number } | { below: number }
}

export const partNames = ['a', 'b', 'c', 'd', 'e', 'sockets', 'f', 'canvas'] as const
export type PartName = (typeof partNames)[number]

export type PartResult = { part: PartName; title: string; seconds: number; rows: Row[]; error?: string }

export const isReached = ({ value, goal }: Row): boolean | null => {
  if (!goal) return null
  if ('below' in goal) return value < goal.below
  return 'atMost' in goal ? value <= goal.atMost : value >= goal.atLeast
}
