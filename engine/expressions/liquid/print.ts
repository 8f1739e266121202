import type { Json } from '@/engine/json'

/** How a value looks in a text. */
export function print(value: Json | undefined): string {
  switch (typeof value) {
    case 'string':
      return value
    case 'number':
      return Number.isFinite(value) ? String(value) : ''
    case 'boolean':
      return value ? 'true' : 'false'
    default:
      return value === null || value === undefined ? '' : JSON.stringify(value)
  }
}
