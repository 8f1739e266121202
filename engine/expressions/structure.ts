import { isJsonObject, type Json } from '@/engine/json'
import type { Path } from './liquid/path'
import type { Reference } from './reference'
import type { Scope } from './scope'
import { onlyPath, parseTemplate, readValue, renderText, type Template } from './template'

export type Location = readonly (string | number)[]

type Leaf = { kind: 'constant'; value: Json } | { kind: 'value'; path: Path } | { kind: 'text'; template: Template }
type Part =
  | Leaf
  | { kind: 'list'; items: readonly Part[] }
  | { kind: 'object'; entries: readonly (readonly [string, Part])[] }

/** JSON whose texts are templates. It is rendered as a structure: no JSON is ever made by gluing text. */
export type Structure = {
  root: Part
  references: readonly { path: Location; reference: Reference }[]
  secrets: readonly { name: string; path: Location }[]
}
export type StructureProblem = { path: Location; message: string }

type Found = {
  references: { path: Location; reference: Reference }[]
  secrets: { name: string; path: Location }[]
  problems: StructureProblem[]
}

const deepest = 64

/** All problems at once; a structure that has some is not for rendering. */
export function parseStructure(source: Json): { structure: Structure; problems: readonly StructureProblem[] } {
  const found: Found = { references: [], secrets: [], problems: [] }
  const root = parsePart(source, [], found)
  return { structure: { root, references: found.references, secrets: found.secrets }, problems: found.problems }
}

export const renderStructure = (structure: Structure, scope: Scope): Json => renderPart(structure.root, scope)

function parsePart(source: Json, path: Location, found: Found): Part {
  if (typeof source === 'string') return parseText(source, path, found)
  if (typeof source !== 'object' || source === null) return constant(source)
  if (path.length >= deepest) {
    found.problems.push({ path, message: `JSON may be nested ${deepest} levels deep at most.` })
    return constant(null)
  }
  if (Array.isArray(source)) return parseList(source, path, found)
  if (!isJsonObject(source)) return constant(null)
  const secret = secretName(source)
  if (secret !== null) {
    found.secrets.push({ name: secret, path })
    return constant(source)
  }
  const entries = Object.entries(source).map(([key, value]) => [key, parsePart(value, [...path, key], found)] as const)
  return entries.every(([, part]) => part.kind === 'constant') ? constant(source) : { kind: 'object', entries }
}

function parseList(source: readonly Json[], path: Location, found: Found): Part {
  const items = source.map((item, index) => parsePart(item, [...path, index], found))
  return items.every((item) => item.kind === 'constant') ? constant(source) : { kind: 'list', items }
}

function parseText(source: string, path: Location, found: Found): Leaf {
  const parsed = parseTemplate(source)
  if (!parsed.ok) {
    found.problems.push({ path, message: parsed.message })
    return constant(source)
  }
  const { template } = parsed
  for (const reference of template.references) found.references.push({ path, reference })
  const only = onlyPath(template)
  if (only) return { kind: 'value', path: only }
  const { body } = template
  const fixed = body.kind === 'plain' && body.parts.every((part) => typeof part === 'string')
  return fixed ? constant(body.parts.join('')) : { kind: 'text', template }
}

const constant = (value: Json): Leaf => ({ kind: 'constant', value })

function secretName(source: { readonly [key: string]: Json }): string | null {
  const keys = Object.keys(source)
  return keys.length === 1 && typeof source.secret === 'string' ? source.secret : null
}

function renderPart(part: Part, scope: Scope): Json {
  switch (part.kind) {
    case 'constant':
      return part.value
    case 'value':
      return readValue(part.path, scope)
    case 'text':
      return renderText(part.template, scope)
    case 'list':
      return part.items.map((item) => renderPart(item, scope))
    case 'object':
      return Object.fromEntries(part.entries.map(([key, value]) => [key, renderPart(value, scope)]))
  }
}
