import type { Json } from '@/engine/json'

/** A value in a few words: `“Tea is …”`, `3 items`, `4 fields`. Empty when there is none. */
export function describeValue(value: Json | undefined, max = 40): string {
  if (value === undefined) return ''
  if (typeof value === 'string') {
    const line = value.replace(/\s+/g, ' ').trim()
    return `“${line.length > max ? `${line.slice(0, max - 1).trimEnd()}…` : line}”`
  }
  if (Array.isArray(value)) return `${value.length} ${value.length === 1 ? 'item' : 'items'}`
  if (typeof value === 'object' && value !== null) {
    const count = Object.keys(value).length
    return `${count} ${count === 1 ? 'field' : 'fields'}`
  }
  return String(value)
}
