import type { Draft } from '@/components/workflows/field-values'
import type { GraphNode } from '@/engine/graph/schema'
import type { InputField } from '@/engine/input'
import { isJsonObject, type Json, type JsonObject } from '@/engine/json'
import type { PathKey } from '@/engine/path'

/** Where the new run begins to differ. */
export type ForkStart =
  /** This node is done again, with everything behind it. */
  | { type: 'node'; path: PathKey; node: GraphNode }
  /** Everything up to this event is taken over. */
  | { type: 'moment'; seq: number }

export type ForkChange =
  | { type: 'nothing' }
  | { type: 'input'; values: JsonObject }
  | { type: 'output'; path: PathKey; text: string; isText: boolean }
  | { type: 'config'; node: GraphNode; texts: { readonly [field: string]: string } }

type ForkBody = {
  afterSeq?: number
  fromNode?: string
  patch?: { input?: Json; outputs?: JsonObject; nodes?: { [id: string]: { config: JsonObject } } }
}
export type ForkPlan = { ok: true; body: ForkBody } | { ok: false; problem: string }

/** What is sent for a fork. A changed output stands for the node itself, so the node is not done again. */
export function forkPlan(start: ForkStart, change: ForkChange): ForkPlan {
  const from = start.type === 'moment' ? { afterSeq: start.seq } : { fromNode: start.node.id }
  switch (change.type) {
    case 'nothing':
      return { ok: true, body: from }
    case 'input':
      return { ok: true, body: { patch: { input: change.values } } }
    case 'config':
      return { ok: true, body: { ...from, patch: { nodes: { [change.node.id]: { config: withTexts(change) } } } } }
    case 'output': {
      const value = readValue(change.text, change.isText)
      if (!value.ok) return value
      const outputs = { [change.path]: value.value }
      return { ok: true, body: { ...(start.type === 'moment' && from), patch: { outputs } } }
    }
  }
}

const withTexts = ({ node, texts }: Extract<ForkChange, { type: 'config' }>): JsonObject => ({
  ...node.config,
  ...texts,
})

function readValue(text: string, isText: boolean): { ok: true; value: Json } | { ok: false; problem: string } {
  if (isText) return { ok: true, value: text }
  try {
    return { ok: true, value: JSON.parse(text) as Json }
  } catch {
    return { ok: false, problem: 'This is no valid JSON. Texts need double quotes: {"name": "tea"}.' }
  }
}

/** The texts of a node's config that are worth changing in a fork: what it is told. */
export function textsOf({ config }: GraphNode): { readonly [field: string]: string } {
  const fields = [
    'instructions',
    'prompt',
    'goal',
    'expression',
    'template',
    'source',
    'url',
    'items',
    'value',
    'until',
  ]
  return Object.fromEntries(
    fields.flatMap((field) => {
      const text = config[field]
      return typeof text === 'string' ? [[field, text]] : []
    }),
  )
}

/** The input of a run as a form holds it. */
export function inputDraft(fields: readonly InputField[], input: Json): Draft {
  const given = isJsonObject(input) ? input : {}
  return Object.fromEntries(
    fields.map(({ name, type }) => {
      const value = given[name] ?? null
      if (type === 'boolean') return [name, value === true]
      if (value === null) return [name, '']
      return [name, typeof value === 'string' && type !== 'json' ? value : JSON.stringify(value, null, 2)]
    }),
  )
}
