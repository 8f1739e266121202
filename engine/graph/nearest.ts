/** The candidate that was probably meant, or null when none is close. */
export function nearest(name: string, candidates: Iterable<string>): string | null {
  const allowed = Math.min(4, Math.max(1, Math.ceil(name.length / 3)))
  let best: string | null = null
  let distance = allowed + 1
  for (const candidate of candidates) {
    if (candidate === name || Math.abs(candidate.length - name.length) >= distance) continue
    const found = editDistance(name.toLowerCase(), candidate.toLowerCase())
    if (found >= distance) continue
    best = candidate
    distance = found
  }
  return best
}

/** ` Did you mean …?`, or the whole list when it is short, or nothing: the end of a sentence about an unknown name. */
export function suggestion(name: string, candidates: readonly string[]): string {
  const meant = nearest(name, candidates)
  if (meant !== null) return ` Did you mean \`${meant}\`?`
  if (candidates.length === 0) return ''
  const shown = candidates.slice(0, 12).map((candidate) => `\`${candidate}\``)
  return ` Known: ${shown.join(', ')}${candidates.length > shown.length ? ', …' : ''}.`
}

/** Letters to add, drop, change or swap to turn one name into the other. */
export function editDistance(a: string, b: string): number {
  let before: number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      let least = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, change)
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      if (swapped) least = Math.min(least, (before[j - 2] ?? 0) + 1)
      next.push(least)
    }
    before = row
    row = next
  }
  return row[b.length] ?? 0
}
