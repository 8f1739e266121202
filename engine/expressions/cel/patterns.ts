import { RE2JS } from 're2js'
import { failed, spend, type Work } from './work'

/** Linear-time matching: a JavaScript RegExp can take seconds on a text of 26 characters. */
export type Pattern = { test(text: string, work: Work): boolean }

const longestPattern = 1_000

export function parsePattern(source: string): Pattern | { problem: string } {
  if (source.length > longestPattern) return { problem: `A pattern has at most ${longestPattern} characters.` }
  try {
    const compiled = RE2JS.compile(source)
    const size = compiled.programSize()
    return {
      test(text, work) {
        spend(work, 1 + (text.length * size) / 64)
        return compiled.test(text)
      },
    }
  } catch {
    return { problem: `${JSON.stringify(source)} is not a regular expression that RE2 can read.` }
  }
}

export function matchesPattern(text: string, source: string, work: Work): boolean {
  spend(work, 1_000 + source.length * 10)
  const pattern = parsePattern(source)
  if ('problem' in pattern) throw failed(pattern.problem)
  return pattern.test(text, work)
}
