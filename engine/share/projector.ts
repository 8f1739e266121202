import type { Graph } from '../graph/schema'
import { isJsonObject, type Json, type JsonObject } from '../json'
import type { PathKey } from '../path'
import { isInline, type Ref } from '../payload'
import type { RunEvent, StepKind } from '../run/events'
import type { EventRules } from './event-rules'
import { createMask, type Mask } from './mask'
import type { Known } from './mask/exact'
import type { ShownOptions } from './options'
import { projectEvent } from './project-event'
import { tellsFailure } from './project-failure'
import { projectGraph } from './project-graph'
import type { ProjectedEvent, Shown } from './projection'
import { showPaths } from './shown-paths'
import { showValues } from './shown-values'

export type Projector = {
  graph: Graph
  shown: Shown
  /** Takes the log in its order, a piece at a time. `readValue` gives the values that did not come with their events. */
  push: (events: readonly RunEvent[], readValue: (ref: Ref) => Json) => ProjectedEvent[]
  /** What has been shown so far, by the keys in the events. */
  values: ReadonlyMap<string, Json>
  /** Where the words of a step may be shown while they come; null: nowhere. */
  streamAt: (path: PathKey) => PathKey | null
  mask: () => Mask
}

type Options = {
  graph: Graph
  options: ShownOptions
  /** Values of secrets and keys: they are cut out whatever else is chosen. */
  secrets: readonly Known[]
}

/** A fold over the log that gives the log of the projection. The same log and options always give the same one. */
export function openProjector({ graph, options, secrets }: Options): Projector {
  const { include, hide, mask: patterns, showAuthor } = options
  const values = showValues(secrets, patterns)
  if (!include.prompts) for (const text of promptsIn(graph)) values.withhold('', text)
  if (!include.toolArguments) for (const { config } of graph.nodes) values.withhold('', argumentsIn(config))
  const shownGraph = projectGraph(graph, options, createMask({ known: secrets, patterns }))
  const paths = showPaths(graph, shownGraph, hide)
  const modes = new Map(graph.nodes.map(({ id, config }) => [id, String(config.mode ?? '')]))
  let seq = 0
  let begin: number | null = null

  const rules = (readValue: (ref: Ref) => Json): EventRules => ({
    include,
    showAuthor,
    hidesNothing: hide.length === 0,
    shownId: (id) => shownGraph.ids.get(id) ?? null,
    modeOf: (id) => modes.get(id) ?? '',
    options,
    values,
    paths,
    readValue: (ref) => (isInline(ref) ? ref.inline : readValue(ref)),
    time: (at) => (include.timeline ? at : (begin ?? at)),
  })

  return {
    graph: shownGraph.graph,
    shown: {
      include,
      mask: patterns,
      hidden: [...shownGraph.hidden].flatMap((id) => shownGraph.ids.get(id) ?? []),
    },
    push: (events, readValue) => {
      const now = rules(readValue)
      return events.flatMap((event): ProjectedEvent[] => {
        begin ??= event.at
        withholdFrom(now, event)
        const projected = projectEvent(now, event)
        return projected ? [{ ...projected, seq: ++seq }] : []
      })
    },
    values: values.values,
    streamAt: (path) => {
      const place = paths(path)
      return include.outputs && include.timeline && place.is === 'open' ? place.path : null
    },
    mask: values.mask,
  }
}

/** Before anything can repeat it: what the run was started with, and what something hidden gave. */
function withholdFrom({ include, paths, values, readValue }: EventRules, event: RunEvent): void {
  if (event.type === 'run.created' && !include.input) values.withhold(event.input.hash, readValue(event.input))
  if (event.type === 'node.failed') {
    // As an output it may be passed on, word for word.
    const { failure, handled } = event
    if (!tellsFailure(failure.code, include)) values.withhold(handled?.output.hash ?? '', failure.message)
  }
  if (event.type !== 'node.completed' && event.type !== 'step.completed') return
  if (event.type === 'step.completed' && event.kind === 'model' && !include.toolArguments)
    values.withhold('', callsIn(readValue(event.result)))
  const { is, kind } = paths(event.path)
  if (is === 'open' && (kind !== 'input' || include.input)) return
  if (event.type === 'node.completed') values.withhold(event.output.hash, readValue(event.output))
  else if (worded.has(event.kind)) values.withhold(event.result.hash, wordsOf(readValue(event.result)))
}

const worded: ReadonlySet<StepKind> = new Set(['model', 'tool', 'http', 'code'])

/** Of a model's answer only what it said: names of models and tools stand in others as well. */
const wordsOf = (value: Json): Json => (isJsonObject(value) && 'toolCalls' in value ? (value.text ?? null) : value)

const argumentsIn = ({ arguments: given, url, body }: JsonObject): Json => [given ?? null, url ?? null, body ?? null]

const callsIn = (answer: Json): Json => {
  const calls = isJsonObject(answer) && Array.isArray(answer.toolCalls) ? (answer.toolCalls as readonly Json[]) : []
  return calls.map((call) => (isJsonObject(call) ? (call.arguments ?? null) : null))
}

/** What people wrote for models, and what a gate says word for word when a rule of it does not hold. */
function promptsIn({ nodes, roles = {} }: Graph): string[] {
  const written = nodes.flatMap(({ config }) => [config.instructions, config.prompt, config.goal, ...rulesIn(config)])
  const personas = Object.values(roles).map(({ persona }) => persona)
  return [...written, ...personas].filter((text): text is string => typeof text === 'string' && text !== '')
}

const rulesIn = ({ checks }: JsonObject): Json[] =>
  (Array.isArray(checks) ? (checks as readonly Json[]) : []).flatMap((check) =>
    isJsonObject(check) ? [check.message ?? null, `${String(check.expression)} is not true`] : [],
  )
