/** Deeper than this nothing is accepted from outside: recursive code further on would run out of stack. */
export const maxJsonDepth = 64

/** Looks at the text, so that nothing deep is ever built. The text has to be valid JSON. */
export function isTooDeep(json: string, limit = maxJsonDepth): boolean {
  let depth = 0
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"|[[{\]}]/g)) {
    if (token === '[' || token === '{') depth += 1
    else if (token === ']' || token === '}') depth -= 1
    if (depth > limit) return true
  }
  return false
}
