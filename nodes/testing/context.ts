import { evaluate, evaluateBoolean, parseCondition } from '@/engine/expressions/condition'
import { scopeOf } from '@/engine/expressions/scope'
import { parseStructure, renderStructure } from '@/engine/expressions/structure'
import { parseTemplate, renderText } from '@/engine/expressions/template'
import type { Json, JsonObject } from '@/engine/json'
import type { BoxContext, BoxMove, KindRun, NodeContext, Outcome, ScopeResult } from '@/engine/kind/run'
import type { KindSpec } from '@/engine/kind/spec'
import { type Desk, openDesk } from './desk'

export type Place<C> = {
  config: C
  desk?: Desk
  /** What references by name see. */
  values?: JsonObject
  input?: Json
} & Partial<Pick<NodeContext<C>, 'role' | 'resumed' | 'turn' | 'attempt' | 'arrived' | 'path' | 'signal' | 'node'>>

type FieldOf = (field: string) => { type: string; source: Json }

function fieldsOf<C>(spec: KindSpec<C>, config: C): FieldOf {
  const known = new Map(spec.expressions(config).map((expression) => [expression.field, expression]))
  return (field) => {
    const found = known.get(field)
    if (found === undefined) throw new Error(`${spec.kind} asks for ${field}, which its spec does not list`)
    return found
  }
}

function must<T extends { ok: boolean }>(parsed: T): Extract<T, { ok: true }> {
  if (!parsed.ok) throw new Error(JSON.stringify(parsed))
  return parsed as Extract<T, { ok: true }>
}

/** A node's context over real expressions and a record of steps in memory. */
export function nodeContext<C>(
  spec: KindSpec<C>,
  place: Omit<Place<C>, 'config'> & { config: unknown },
): NodeContext<C> {
  const config = spec.config.parse(place.config)
  const input = place.input ?? null
  const scope = scopeOf({ input, ...place.values })
  const field = fieldsOf(spec, config)
  const text = (name: string) => String(field(name).source)
  const condition = (name: string) => must(parseCondition(text(name))).condition
  return {
    config,
    node: place.node ?? { id: 'it', name: 'it', kind: spec.kind },
    path: place.path ?? 'it',
    runId: 'run-1',
    attempt: place.attempt ?? 1,
    signal: place.signal ?? new AbortController().signal,
    scope,
    input: () => input,
    arrived: place.arrived ?? (() => []),
    text: (name) => renderText(must(parseTemplate(text(name))).template, scope),
    structure: (name) => renderStructure(parseStructure(field(name).source).structure, scope),
    secrets: (name) => parseStructure(field(name).source).structure.secrets,
    value: (name) => evaluate(condition(name), scope),
    test: (name) => evaluateBoolean(condition(name), scope),
    steps: place.desk ?? openDesk({}),
    say: () => {},
    role: place.role ?? null,
    resumed: place.resumed ?? null,
    turn: place.turn ?? null,
  }
}

type BoxPlace = Partial<Pick<BoxContext<unknown>, 'opened' | 'members' | 'turnResult'>> & {
  results?: readonly ScopeResult[]
  /** What `until` sees of the iteration. */
  inside?: (index: number) => JsonObject
}

export function boxContext<C>(
  spec: KindSpec<C>,
  place: Omit<Place<C>, 'config'> & { config: unknown },
  box: BoxPlace,
): BoxContext<C> {
  const base = nodeContext(spec, place)
  const missing = () => {
    throw new Error('This result is not there.')
  }
  return {
    ...base,
    opened: box.opened ?? [],
    scopeResult: (index) => box.results?.[index] ?? missing(),
    turnResult: box.turnResult ?? missing,
    members: box.members ?? [],
    testInside: (name, index) => {
      const source = String(fieldsOf(spec, base.config)(name).source)
      return evaluateBoolean(
        must(parseCondition(source)).condition,
        scopeOf({ ...place.values, ...box.inside?.(index) }),
      )
    },
  }
}

export async function enter<C>(run: KindRun, context: NodeContext<C>): Promise<Outcome> {
  if (run.type !== 'node') throw new Error('This kind is a box.')
  return run.run(context as never)
}

export async function advance<C>(run: KindRun, context: BoxContext<C>): Promise<BoxMove> {
  if (run.type !== 'box') throw new Error('This kind is no box.')
  return run.advance(context as never)
}
