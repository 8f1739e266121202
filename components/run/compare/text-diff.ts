export type Piece = { type: 'same' | 'added' | 'removed'; text: string }

/** More differences than this are no comparison any more: the one text goes, the other comes. */
const mostEdits = 1_200

/** What changed from one text to the other: word by word, in very long texts line by line. */
export function diffTexts(a: string, b: string): readonly Piece[] {
  const isLong = a.length + b.length > 60_000
  const split = (text: string): string[] =>
    text.match(isLong ? /[^\n]*\n|[^\n]+/g : /\s+|[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]/gu) ?? []
  return joined(diffParts(split(a), split(b)))
}

/** The shortest way from `a` to `b` (Myers, "An O(ND) difference algorithm"). */
export function diffParts(a: readonly string[], b: readonly string[]): readonly Piece[] {
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let end = 0
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++
  return [
    ...pieces('same', a.slice(0, start)),
    ...middle(a.slice(start, a.length - end), b.slice(start, b.length - end)),
    ...pieces('same', a.slice(a.length - end)),
  ]
}

const pieces = (type: Piece['type'], parts: readonly string[]): Piece[] => parts.map((text) => ({ type, text }))

function middle(a: readonly string[], b: readonly string[]): Piece[] {
  const trace: Int32Array[] = []
  const size = Math.min(a.length + b.length, mostEdits)
  const reach = new Int32Array(2 * size + 3)
  const at = (diagonal: number) => reach[diagonal + size + 1] ?? 0
  for (let edits = 0; edits <= size; edits++) {
    trace.push(reach.slice(size + 1 - edits - 1, size + 1 + edits + 2))
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const isDown = diagonal === -edits || (diagonal !== edits && at(diagonal - 1) < at(diagonal + 1))
      let x = isDown ? at(diagonal + 1) : at(diagonal - 1) + 1
      while (x < a.length && x - diagonal < b.length && a[x] === b[x - diagonal]) x++
      reach[diagonal + size + 1] = x
      if (x >= a.length && x - diagonal >= b.length) return wayBack(a, b, trace)
    }
  }
  return [...pieces('removed', a), ...pieces('added', b)]
}

/** Each entry of the trace holds how far each diagonal reached, from `-edits - 1` on. */
function wayBack(a: readonly string[], b: readonly string[], trace: readonly Int32Array[]): Piece[] {
  const found: Piece[] = []
  let x = a.length
  let y = b.length
  for (let edits = trace.length - 1; edits >= 0; edits--) {
    const at = (diagonal: number) => trace[edits]?.[diagonal + edits + 1] ?? 0
    const diagonal = x - y
    const isDown = diagonal === -edits || (diagonal !== edits && at(diagonal - 1) < at(diagonal + 1))
    const from = edits === 0 ? 0 : at(isDown ? diagonal + 1 : diagonal - 1)
    const fromY = from - (isDown ? diagonal + 1 : diagonal - 1)
    while (x > (edits === 0 ? 0 : isDown ? from : from + 1)) {
      found.push({ type: 'same', text: a[--x] ?? '' })
      y--
    }
    if (edits === 0) break
    found.push(isDown ? { type: 'added', text: b[fromY] ?? '' } : { type: 'removed', text: a[from] ?? '' })
    x = from
    y = fromY
  }
  return found.reverse()
}

function joined(parts: readonly Piece[]): readonly Piece[] {
  const list: Piece[] = []
  for (const { type, text } of parts) {
    const last = list.at(-1)
    if (last?.type === type) last.text += text
    else list.push({ type, text })
  }
  return list
}
