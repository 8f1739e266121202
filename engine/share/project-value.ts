import { isJsonObject, type Json, type JsonObject } from '../json'
import type { ShareInclude } from './options'
import type { ShownPaths } from './shown-paths'
import { withoutUsage } from './shown-values'

export type ValueRules = {
  include: ShareInclude
  showAuthor: boolean
  hidesNothing: boolean
  /** The id under which a node is shown; null: it isn't. */
  shownId: (id: string) => string | null
  paths: ShownPaths
  /** How the team at this node works. */
  modeOf: (id: string) => string
}

const list = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? (value as readonly Json[]) : [])

/** What a node gave, or null where nothing of it may be seen. */
export function projectOutput(kind: string, value: Json, rules: ValueRules): Json {
  const { include } = rules
  if (kind === 'input') return include.input ? value : null
  if (!include.outputs) return null
  const seen = include.costs ? value : withoutUsage(value)
  if (!isJsonObject(seen)) return seen
  if (kind === 'team') return { ...seen, transcript: saidIn(seen.transcript, rules) }
  if (kind === 'http') return { status: seen.status ?? null, body: seen.body ?? null }
  return seen
}

/** Of members that are hidden nothing is heard, neither what they said nor what they were told. */
function saidIn(transcript: Json | undefined, { shownId, paths, hidesNothing }: ValueRules): Json {
  return list(transcript).flatMap((said): Json[] => {
    if (!isJsonObject(said)) return []
    if (hidesNothing) return [said]
    const { path, from, to, round, text } = said
    const at = typeof path === 'string' ? paths(path) : null
    if (at?.is !== 'open') return []
    if (typeof to === 'string' && shownId(to) !== to) return []
    return [
      { path: at.path, from: from ?? '', ...(to === undefined ? {} : { to }), round: round ?? 0, text: text ?? '' },
    ]
  })
}

/** What a reference by id sees of a node that passes things on. */
export function projectDetail(kind: string, value: Json, { include, showAuthor }: ValueRules): Json {
  if (!include.outputs || !isJsonObject(value)) return null
  switch (kind) {
    case 'condition':
      return { result: value.result ?? null }
    case 'router':
      return { route: value.route ?? null, ...(value.reason === undefined ? {} : { reason: value.reason }) }
    case 'gate':
      return { score: value.score ?? null, reasons: value.reasons ?? [] }
    case 'approval':
      return {
        decision: value.decision ?? null,
        comment: value.comment ?? null,
        by: showAuthor ? byIn(value.by) : null,
        fields: value.fields ?? {},
      }
    default:
      return null
  }
}

const byIn = (by: Json | undefined): Json =>
  isJsonObject(by) ? { type: by.type ?? 'person', ...(typeof by.name === 'string' ? { name: by.name } : {}) } : null

/** What a recorded model call gave. */
export function projectAnswer(value: Json, { include }: ValueRules): Json {
  if (!isJsonObject(value) || !(include.outputs || include.toolArguments)) return null
  const calls = list(value.toolCalls).flatMap((call): Json[] =>
    isJsonObject(call)
      ? [{ id: '', name: call.name ?? '', arguments: include.toolArguments ? (call.arguments ?? null) : null }]
      : [],
  )
  return {
    text: include.outputs ? (value.text ?? '') : '',
    toolCalls: calls,
    finish: value.finish ?? 'stop',
    usage: include.costs ? (value.usage ?? {}) : {},
    ...(include.costs ? { model: value.model ?? '', cost: value.cost ?? null } : {}),
    simulated: value.simulated ?? false,
  }
}

/** What a box opened, and with which words. */
export function projectOpening(value: Json, id: string, rules: ValueRules): Json {
  const { include, shownId, modeOf } = rules
  if (!include.outputs) return null
  if (!isJsonObject(value) || !Array.isArray(value.turns)) return value
  const tellsGoal = include.prompts && include.input
  return {
    turns: list(value.turns).flatMap((turn): Json[] => {
      if (!isJsonObject(turn) || typeof turn.member !== 'string') return []
      const { member, from, round, task } = turn
      const isShown = shownId(member) === member && (from === 'team' || shownId(String(from)) === from)
      // What a lead hands out is its answer; anything else that is asked of a member is the goal as it was written.
      const isOrder = modeOf(id) === 'supervisor' && from !== 'team'
      return [
        {
          member: shownId(member) ?? 'hidden',
          turn: turn.turn ?? 1,
          from: from === 'team' ? 'team' : (shownId(String(from)) ?? 'hidden'),
          round: round ?? 1,
          task: isShown && (isOrder || tellsGoal) ? (task ?? '') : '',
          transcript: [],
        },
      ]
    }),
  }
}

/** What a step was asked: of models everything that stands in their messages has to be shared, because it is all in there. */
export function projectRequest(kind: string, value: Json, { include, hidesNothing }: ValueRules): Json {
  if (!isJsonObject(value)) return null
  const { prompts, input, outputs, toolArguments } = include
  if (kind === 'tool') return toolArguments ? { tool: value.tool ?? '', arguments: value.arguments ?? {} } : null
  if (kind === 'http') return toolArguments ? requestIn(value) : null
  if (kind !== 'model' || !(prompts && input && outputs && toolArguments && hidesNothing)) return null
  return { messages: value.messages ?? [] }
}

const requestIn = ({ method, url, body }: JsonObject): Json => ({
  method: method ?? 'GET',
  url: url ?? '',
  ...(body === undefined ? {} : { body }),
})
