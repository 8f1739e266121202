/** The ids that begin like this, as the range that an index can look up; null when no id begins so. */
export function idsLike(start: string): { gte: string; lte: string } | null {
  const digits = start.toLowerCase().replaceAll('-', '')
  if (!/^[0-9a-f]{4,32}$/.test(digits)) return null
  return { gte: asUuid(digits.padEnd(32, '0')), lte: asUuid(digits.padEnd(32, 'f')) }
}

const asUuid = (digits: string): string =>
  [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join('-')
