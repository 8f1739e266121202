import { LiquidError } from 'liquidjs'
import { NodeError } from '@/engine/failure'
import type { Json } from '@/engine/json'
import { type LiquidNode, parseNodes, renderNodes } from './liquid/library'
import { longestOutput, longestSource } from './liquid/limits'
import { type Path, readPath } from './liquid/path'
import { type Part, plainParts } from './liquid/plain'
import { print } from './liquid/print'
import { referencesIn } from './liquid/references'
import { distinct, type Reference } from './reference'
import type { Scope } from './scope'

export type Template = {
  source: string
  references: readonly Reference[]
  body: { kind: 'plain'; parts: readonly Part[] } | { kind: 'liquid'; nodes: LiquidNode[] }
}

export function parseTemplate(source: string): { ok: true; template: Template } | { ok: false; message: string } {
  if (!source.includes('{{') && !source.includes('{%'))
    return { ok: true, template: { source, references: [], body: { kind: 'plain', parts: [source] } } }
  if (source.length > longestSource)
    return { ok: false, message: `A template has at most ${longestSource} characters, this one has ${source.length}.` }
  try {
    const nodes = parseNodes(source)
    const references = distinct(referencesIn(nodes))
    const parts = plainParts(nodes)
    const body = parts ? ({ kind: 'plain', parts } as const) : ({ kind: 'liquid', nodes } as const)
    return { ok: true, template: { source, references, body } }
  } catch (error) {
    if (error instanceof RangeError || isTooDeep(error))
      return { ok: false, message: 'The template is nested too deeply.' }
    if (LiquidError.is(error)) return { ok: false, message: describe(error) }
    throw error
  }
}

export function renderText(template: Template, scope: Scope): string {
  const { body } = template
  try {
    const text =
      body.kind === 'plain' ? renderParts(body.parts, scope) : renderNodes(body.nodes, template.references, scope)
    if (text.length <= longestOutput) return text
  } catch (error) {
    if (error instanceof NodeError) throw error
    throw templateFailed(reason(error))
  }
  throw templateFailed('its text would be too long')
}

/** The path of a template that is one `{{ a.b }}` and nothing else: its value can keep its type. */
export function onlyPath(template: Template): Path | null {
  if (template.body.kind !== 'plain' || template.body.parts.length !== 1) return null
  const part = template.body.parts[0]
  return typeof part === 'object' ? part : null
}

export const readValue = (path: Path, scope: Scope): Json => readPath(scope, path) ?? null

function renderParts(parts: readonly Part[], scope: Scope): string {
  let text = ''
  for (const part of parts) text += typeof part === 'string' ? part : print(readPath(scope, part))
  return text
}

const templateFailed = (why: string): NodeError =>
  new NodeError({ code: 'template_failed', message: `The template could not be rendered: ${why}.` })

/** The library's own sentences can quote data, so only what is known to be safe is said. */
function reason(error: unknown): string {
  const text = error instanceof Error ? error.message : ''
  if (text.includes('limit exceeded')) return 'it does too much work or its text would be too long'
  if (error instanceof RangeError || isTooDeep(error)) return 'its data is nested too deeply or too long'
  const place = /, line:(\d+), col:(\d+)/.exec(text)
  return place ? `an error in line ${place[1]}, column ${place[2]}` : 'an error in one of its tags or filters'
}

const isTooDeep = (error: unknown): boolean =>
  LiquidError.is(error) && /Maximum call stack|too much recursion|Invalid string length/i.test(String(error))

function describe(error: Error): string {
  const place = /^(.*?), line:(\d+), col:(\d+)/s.exec(error.message)
  return place ? `${place[1]} (line ${place[2]}, column ${place[3]}).` : error.message
}
