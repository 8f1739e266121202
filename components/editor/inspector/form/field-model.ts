import type { Json } from '@/engine/json'

export type Place = readonly (string | number)[]

/** How a value is put in. */
export type Control =
  | { type: 'text'; long: boolean }
  | { type: 'number'; whole: boolean; min?: number; max?: number }
  | { type: 'number_or_text' }
  | { type: 'boolean' }
  | { type: 'choice'; choices: readonly string[] }
  | { type: 'texts' }
  | { type: 'objects'; shape: Shape }
  | { type: 'record'; value: 'text_or_secret' | 'number' | 'json' }
  | { type: 'json' }
  | { type: 'code' }
  | { type: 'schema' }
  /** What a person fills in by default: of the type that the field beside it names. */
  | { type: 'default_value' }
  | { type: 'arguments' }
  | { type: 'tool' }
  | { type: 'tools' }
  | { type: 'model' }
  | { type: 'role' }
  | { type: 'workflow' }
  | { type: 'member' }

/** What the items of a list look like; variants differ in the word under `tag`. */
export type Shape =
  | { type: 'same'; fields: readonly FieldModel[] }
  | { type: 'variants'; tag: string; variants: readonly { word: string; fields: readonly FieldModel[] }[] }

export type FieldModel = {
  name: string
  title: string
  description: string
  required: boolean
  /** What is taken when it is left out. */
  standard?: Json
  control: Control
  /** shown: always there. added: by a button, as it is rarely wanted. folded: a setting under "More". */
  layout: 'shown' | 'added' | 'folded'
}
