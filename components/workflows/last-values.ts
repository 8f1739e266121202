import type { InputField } from '@/engine/input'
import type { Draft } from './field-values'

const keyOf = (workflowId: string): string => `input:${workflowId}`
/** Files are gone some day, and what is too long would push the others out. */
const longest = 20_000

type Keeping = Pick<Storage, 'getItem' | 'setItem'>
const browserStorage = (): Keeping | null => (typeof window === 'undefined' ? null : window.localStorage)

/** What this browser gave the workflow the last time, as far as its fields are still the same. */
export function readLastValues(workflowId: string, fields: readonly InputField[], storage = browserStorage()): Draft {
  try {
    const kept: unknown = JSON.parse(storage?.getItem(keyOf(workflowId)) ?? '{}')
    if (typeof kept !== 'object' || kept === null) return {}
    const values = new Map(Object.entries(kept))
    return Object.fromEntries(
      fields.flatMap((field): [string, string | boolean][] => {
        const value: unknown = values.get(field.name)
        const fits = field.type === 'boolean' ? typeof value === 'boolean' : typeof value === 'string'
        const isChoice = field.type !== 'choice' || (field.choices ?? []).includes(String(value))
        return fits && isChoice && field.type !== 'file' ? [[field.name, value as string | boolean]] : []
      }),
    )
  } catch {
    return {}
  }
}

export function keepLastValues(
  workflowId: string,
  fields: readonly InputField[],
  draft: Draft,
  storage = browserStorage(),
): void {
  const kept = fields.flatMap(({ name, type }) => {
    const value = draft[name]
    const isKept = value !== undefined && type !== 'file' && (typeof value === 'boolean' || value.length <= longest)
    return isKept ? [[name, value]] : []
  })
  try {
    storage?.setItem(keyOf(workflowId), JSON.stringify(Object.fromEntries(kept)))
  } catch {
    // The browser has no room or keeps nothing: then nothing is remembered.
  }
}
