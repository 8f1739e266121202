/** The value below which `share` (0…1) of the values lie. */
export function percentile(values: ArrayLike<number>, share: number): number {
  const sorted = Float64Array.from(values).sort()
  if (sorted.length === 0) return Number.NaN
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? sorted[0] ?? Number.NaN
}

export function median(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort()
  const middle = sorted.length >> 1
  if (sorted.length % 2 === 1) return sorted[middle] ?? Number.NaN
  return ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2
}

/** The middle one of several measurements of the same thing, by one of their numbers. */
export function middleBy<T>(items: readonly T[], number: (item: T) => number): T {
  const sorted = items.toSorted((a, b) => number(a) - number(b))
  const item = sorted[(sorted.length - 1) >> 1]
  if (item === undefined) throw new Error('Nothing was measured.')
  return item
}
