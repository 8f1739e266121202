import { type Token, TokenKind } from 'liquidjs'
import type { Json } from '@/engine/json'
import type { Scope } from '../scope'

export type Path = { root: string; keys: readonly (string | number)[] }

/** Reads as Liquid does: own properties, negative positions from the end, and `size`, `first`, `last` where the data has none. */
export function readPath(scope: Scope, path: Path): Json | undefined {
  let value = scope.get(path.root)
  for (const key of path.keys) {
    if (value === null || value === undefined) return value
    value = readKey(value, key)
  }
  return value
}

function readKey(value: Json, key: string | number): Json | undefined {
  if (Array.isArray(value) && typeof key === 'number') return item(value, key)
  if (Object.hasOwn(value as object, key)) return (value as { readonly [key: string | number]: Json })[key]
  if (key === 'size') return size(value)
  if (!Array.isArray(value)) return undefined
  if (key === 'first') return item(value, 0)
  return key === 'last' ? item(value, -1) : undefined
}

const item = (list: readonly Json[], index: number): Json | undefined => list[index < 0 ? list.length + index : index]

function size(value: Json): number | undefined {
  if (typeof value === 'string' || Array.isArray(value)) return value.length
  return typeof value === 'object' && value !== null ? Object.keys(value).length : undefined
}

/** A key that is written down in the template, not computed. */
export function fixedKey(token: Token): string | number | null {
  const fixed = token.kind === TokenKind.Word || token.kind === TokenKind.Quoted || token.kind === TokenKind.Number
  const content = fixed && 'content' in token ? token.content : null
  return typeof content === 'string' || typeof content === 'number' ? content : null
}
