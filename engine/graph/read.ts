import { Composer, Lexer, Parser } from 'yaml'
import { depthLimit, tooDeep } from '@/engine/graph/check-json'
import { type ParsedGraph, parseGraph } from '@/engine/graph/parse'
import type { KindSpecs } from '@/engine/kind/spec'
import type { Problem } from '@/engine/plan/plan'

export const longestJson = 8 * 1024 * 1024
/** YAML is read at about half a megabyte a second: a larger graph belongs into JSON. */
export const longestYaml = 1024 * 1024
const aliasLimit = 100

type ReadText = { ok: true; value: unknown } | { ok: false; problem: Problem }

/** Reads a graph from JSON or YAML text. */
export function readGraph(text: string, specs: KindSpecs): ParsedGraph {
  const read = readText(text)
  return read.ok ? parseGraph(read.value, specs) : { ok: false, problems: [read.problem] }
}

export function readText(text: string): ReadText {
  if (text.length > longestJson)
    return refused('too_large', `The text has ${text.length} characters; at most ${longestJson} are read.`)
  if (isTooDeep(text)) return { ok: false, problem: tooDeep() }
  try {
    return { ok: true, value: JSON.parse(text) }
  } catch (error) {
    return readYaml(text, error instanceof Error ? error.message : '')
  }
}

function readYaml(text: string, jsonMessage: string): ReadText {
  if (text.length > longestYaml) {
    const why = /^\s*[{[]/.test(text) ? `This is no valid JSON: ${jsonMessage}.` : 'This YAML is too large'
    return refused('too_large', `${why}; YAML is read up to ${longestYaml} characters: send a larger graph as JSON.`)
  }
  try {
    return composeYaml(text)
  } catch (error) {
    if (error instanceof TooDeep || error instanceof RangeError) return { ok: false, problem: tooDeep() }
    if (error instanceof ReferenceError) return refused('bad_yaml', `${error.message}; write the repeated parts out.`)
    throw error
  }
}

/** What the lexer says before the text of a plain or block scalar. */
const startOfText = '\u001f'

class TooDeep extends Error {}

function composeYaml(text: string): ReadText {
  const documents = new Composer({ uniqueKeys: true, stringKeys: true, merge: false }).compose(
    tokens(text),
    true,
    text.length,
  )
  const [first, second] = [...documents]
  if (second !== undefined) return refused('bad_yaml', 'The text holds several YAML documents; keep one.')
  const error = first?.errors[0]
  if (error !== undefined) return refused('bad_yaml', `${error.message}${positionText(text, error.pos[0])}.`)
  const value: unknown = first?.toJS({ maxAliasCount: aliasLimit })
  return { ok: true, value }
}

/** The library composes recursively and slowly what is nested deeply, so the depth is counted on the way to it. */
function* tokens(text: string) {
  const parser = new Parser()
  let brackets = 0
  let markers = 0
  let isText = false
  for (const lexeme of new Lexer().lex(text)) {
    if (isText) markers = 0
    else if (lexeme === '[' || lexeme === '{') brackets += 1
    else if (lexeme === ']' || lexeme === '}') brackets -= 1
    else if (lexeme === '-' || lexeme === '?') markers += 1
    else if (lexeme === '\n') markers = 0
    if (brackets > depthLimit || markers > depthLimit) throw new TooDeep()
    isText = lexeme === startOfText
    yield* parser.next(lexeme)
  }
  yield* parser.end()
}

/** Brackets outside of quoted text. Only for what looks like JSON: in YAML they may stand in plain text. */
function isTooDeep(text: string): boolean {
  if (!/^\s*[{[]/.test(text)) return false
  let depth = 0
  let quoted = false
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    if (quoted) {
      if (code === 92) index += 1
      else if (code === 34) quoted = false
    } else if (code === 34) quoted = true
    else if (code === 91 || code === 123) depth += 1
    else if (code === 93 || code === 125) depth -= 1
    if (depth > depthLimit) return true
  }
  return false
}

function positionText(text: string, offset: number): string {
  const before = text.slice(0, offset).split('\n')
  return ` (line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1})`
}

const refused = (code: string, message: string): ReadText => ({
  ok: false,
  problem: { code, severity: 'error', message },
})
