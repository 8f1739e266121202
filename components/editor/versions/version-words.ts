import type { Json } from '@/engine/json'

/** What a version is compared with. */
export type Against = 'nothing' | 'draft' | number

export const versionName = (version: number | 'draft'): string =>
  version === 'draft' ? 'the draft' : `version ${version}`

/** A comparison always reads from the older one to the newer one, and nothing is newer than the draft. */
export function inOrder(version: number, against: number | 'draft'): readonly [number, number | 'draft'] {
  if (against === 'draft' || against >= version) return [version, against]
  return [against, version]
}

/** `config.prompt` is called `prompt` in the inspector too. */
export const fieldName = (field: string): string => field.replace(/^config\./, '')

export function valueText(value: Json | undefined): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2)
}
