import type { z } from 'zod'
import type { Json } from '../json'

/**
 * What the engine, the browser and the documentation need to know of a node kind: data, no behaviour with effects.
 * `C` is the parsed config.
 */
export type KindSpec<C = unknown> = {
  kind: string
  title: string
  summary: string
  family: 'people' | 'flow' | 'data' | 'human' | 'ends' | 'note'
  config: z.ZodType<C>
  /** Output ports without `error`; the first is what `out` means. Empty: nothing may be connected behind it. */
  ports: (config: C) => readonly string[]
  /** Expressions in the config, so that compile can parse them once and check every reference. */
  expressions: (config: C) => readonly FieldExpression[]
  /** `steps` nodes start with a fact of their own; `inline` ones only compute and are recorded by their completion. */
  work: (config: C) => 'inline' | 'steps'
  /**
   * False when a repetition after a crash could do harm (`onDoubt` then defaults to `ask`). Kinds that use tools say false:
   * whether a single call may be repeated is then the tool's own risk.
   */
  repeatable: (config: C) => boolean
  defaultRetries: number
  /** Merge `any` runs on the first live source; everything else waits for all of them. */
  join?: (config: C) => 'all' | 'any'
  /** Names that the config mentions and that compile looks up. */
  mentions?: (config: C) => { tools?: readonly string[]; roles?: readonly string[]; models?: readonly string[] }
  /** Set for containers. */
  box?: BoxSpec<C>
  /** Rules the schema can't say. */
  check?: (config: C, context: CheckContext) => readonly Finding[]
  /** JSON Schemas that the config holds, each of one part of the output. */
  schemas?: (config: C) => readonly OutputSchema[]
  /** What an output looks like, for autocomplete and reference checks one level deep; null when unknown. */
  outputFields?: (config: C) => readonly string[] | null
  /** What is wrong with a value that somebody pinned as its output, as the end of a sentence; null when it could be one. */
  checkOutput?: (config: C, output: Json) => string | null
  /** Other limits on where it may stand. */
  place?: { insideBoxes?: false; membersOnlyOf?: 'team' }
}

/** What begins or ends a run, is only paper, or does nothing but wait for others can't be tried by itself. */
export const canRunAlone = (spec: KindSpec): boolean =>
  spec.family !== 'ends' && spec.family !== 'note' && spec.kind !== 'merge'

export type OutputSchema = { field: string; schema: Json; of: string }

export type FieldExpression = {
  /** Dotted path in the config, `prompt` or `headers.accept`; also the name under which the run asks for it. */
  field: string
  /** text: Liquid. structure: JSON with Liquid leaves. condition / value: CEL. */
  type: 'text' | 'structure' | 'condition' | 'value'
  source: Json
  /** Evaluated by the box itself after its children: may look inside the box. */
  inside?: true
}

export type BoxSpec<C> = {
  /** Names bound inside the box. */
  binds: readonly ('item' | 'index' | 'iteration' | 'previous')[]
  /** Members take turns and may not be connected (team); otherwise the children form a graph. */
  members?: { kinds: readonly string[]; named: (config: C) => readonly { field: string; id: string }[] }
  /** Does the box go on when a scope inside it fails? */
  absorbsFailure: (config: C) => boolean
}

export type CheckContext = { children: readonly { id: string; kind: string }[] }

export type Finding = { code: string; field?: string; message: string }

/** Keeps the config type of a spec while it is written. */
export const defineSpec = <C>(spec: KindSpec<C>): KindSpec<C> => spec

/** Specs of all kinds by name. The engine never imports kinds; whoever compiles passes them in. */
export type KindSpecs = { readonly [kind: string]: KindSpec }
