import { formatPath, type Path, type PathKey, parsePath } from '@/engine/path'
import type { Plan, PlanNode } from '@/engine/plan/plan'
import type { Fact, RunEvent } from '@/engine/run/events'
import { newRun, reduce } from '@/engine/run/reduce'
import { isOver, isSettled, type NodeState, type RunState } from '@/engine/run/state'

/** Checks a whole log against the rules of a run, event by event, knowing nothing of schedules. */
export function checkLog(plan: Plan, log: readonly RunEvent[]): void {
  const state = newRun()
  for (const event of log) {
    const fault = findFault(plan, state, event)
    if (fault !== null) throw new Error(`event ${event.seq} (${JSON.stringify(event)}): ${fault}`)
    reduce(state, event)
  }
}

function findFault(plan: Plan, state: RunState, event: RunEvent): string | null {
  if (event.seq !== state.seq + 1) return 'there is a gap before it'
  const over = isOver(state.run)
  if (over && event.type !== 'run.resumed') return 'the run was over'
  if (event.type === 'run.resumed' && over !== (event.restart !== undefined)) return 'it resumes what is not stopped'
  if (event.type.startsWith('run.')) return findEndFault(plan, state, event)
  if (!('path' in event) || event.path === undefined) return null
  if (event.type === 'step.completed') return findStepFault(state, event)
  if (!event.type.startsWith('node.')) return null
  return findMoveFault(state.nodes.get(event.path), event) ?? findPlaceFault(plan, state, event)
}

/** A run ends when nothing of it is at work any more. */
function findEndFault(plan: Plan, state: RunState, event: RunEvent): string | null {
  if (event.type !== 'run.completed' && event.type !== 'run.failed' && event.type !== 'run.cancelled') return null
  for (const [path, node] of state.nodes) if (!isSettled(node)) return `${path} is ${node.status}`
  const top = plan.root.nodes.map(({ id }) => state.nodes.get(id))
  if (event.type === 'run.completed') {
    if (!top.every(isSettled)) return 'not every node is settled'
    return top.some(isUnhandled) ? 'a failure was passed over' : null
  }
  return event.type === 'run.failed' && !top.some(isUnhandled) ? 'no node at the top failed' : null
}

const isUnhandled = (node: NodeState | undefined): boolean => node?.status === 'failed' && node.handled === undefined

function findStepFault(state: RunState, event: Extract<RunEvent, { type: 'step.completed' }>): string | null {
  const { path, step, opening } = event
  if (state.steps.get(path)?.get(step)?.status === 'completed') return 'the step was recorded before'
  if (state.nodes.get(path)?.status !== 'running') return 'its node is not running'
  const before = state.openings.get(path) ?? []
  if (opening?.type === 'items' && before.length > 0) return 'the items were opened before'
  if (opening?.type === 'iteration' && opening.index !== before.length) return 'iterations come one after the other'
  return null
}

/** From which states each fact may lead on. `idle` stands for no state at all: nodes that only compute never start. */
const mayFollow: { readonly [type: string]: readonly string[] } = {
  'node.started': ['idle', 'retrying'],
  'node.retrying': ['idle', 'running', 'retrying'],
  'node.waiting': ['running'],
  'node.resumed': ['running', 'waiting'],
  'node.completed': ['idle', 'running', 'retrying'],
  'node.failed': ['idle', 'running', 'retrying', 'waiting'],
  'node.skipped': ['idle'],
  'node.cancelled': ['running', 'waiting', 'retrying'],
}

function findMoveFault(before: NodeState | undefined, event: RunEvent): string | null {
  const status = before?.status ?? 'idle'
  if (!mayFollow[event.type]?.includes(status)) return `its node is ${status}`
  if (event.type === 'node.started') {
    const expected = before?.status === 'retrying' ? before.attempt + 1 : 1
    if (event.attempt !== expected) return `it should be attempt ${expected}`
  }
  if (event.type !== 'node.resumed') return null
  const isTakeover = event.cause.type === 'takeover'
  return isTakeover === (status === 'running') ? null : `its node is ${status}`
}

function findPlaceFault(plan: Plan, state: RunState, event: RunEvent & { path?: PathKey }): string | null {
  const path = parsePath(event.path ?? '')
  const node = plan.nodes.get(path?.at(-1)?.node ?? '')
  if (!path || !node || event.path === undefined) return 'there is no such node'
  if (node.inline && event.type === 'node.started') return 'it has nothing to start'
  if (event.type === 'node.retrying') return findClosedFault(plan, state, path)
  if (!isFirst(state, event)) return null
  if (!node.inline && event.type !== 'node.started' && event.type !== 'node.skipped') return 'it never started'
  const opened = findOpeningFault(state, path)
  if (opened !== null) return opened
  const arrival = findArrivalFault(state, prefixOf(path), node, event.type === 'node.skipped')
  if (arrival !== null || node.inline || event.type === 'node.skipped') return arrival
  return findClosedFault(plan, state, path)
}

const isFirst = (state: RunState, event: Fact & { path?: PathKey }): boolean =>
  event.path !== undefined && !state.nodes.has(event.path) && event.type !== 'node.cancelled'

/** The text before the last segment: what the keys of the nodes beside this one begin with. */
const prefixOf = (path: Path): string => (path.length === 1 ? '' : `${formatPath(path.slice(0, -1))}/`)

/** Item and iteration must have been opened, a turn handed out. */
function findOpeningFault(state: RunState, path: Path): string | null {
  const last = path.at(-1)
  const around = path.at(-2)
  if (!last || !around) return null
  const box = boxKey(path, path.length - 2)
  const openings = state.openings.get(box) ?? []
  if (state.nodes.get(box)?.status !== 'running') return `${box} is not running`
  const isOpened = openings.some((opening) => {
    if (opening.type === 'turns') {
      return opening.turns.some(({ member, turn }) => member === last.node && turn === last.turn)
    }
    return opening.type === 'items' ? (around.index ?? opening.count) < opening.count : opening.index === around.index
  })
  return isOpened ? null : `${box} did not open it`
}

function boxKey(path: Path, depth: number): PathKey {
  const { node, turn } = path[depth] ?? { node: '' }
  return formatPath([...path.slice(0, depth), turn === undefined ? { node } : { node, turn }])
}

function findArrivalFault(state: RunState, prefix: string, node: PlanNode, isSkip: boolean): string | null {
  if (node.incoming.length === 0) return isSkip ? 'nothing can skip it' : null
  const ends = node.incoming.map(({ source, port }) => ({ port, known: state.nodes.get(prefix + source.id) }))
  const isLive = ends.some(({ port, known }) => livePorts(known)?.includes(port) ?? false)
  const isDecided = ends.every(({ known }) => livePorts(known) !== null)
  if (isSkip) return isLive || !isDecided ? 'it may still be reached' : null
  if (!isLive) return 'nothing arrived'
  return isDecided || node.join === 'any' ? null : 'not every source is settled'
}

function livePorts(node: NodeState | undefined): readonly string[] | null {
  if (node?.status === 'completed') return node.ports
  if (node?.status === 'skipped') return []
  return node?.status === 'failed' && node.handled ? [node.handled.port] : null
}

/** Nothing starts beside a failure that nothing handled, nor anywhere inside such a place. */
function findClosedFault(plan: Plan, state: RunState, path: Path): string | null {
  for (let depth = path.length - 1; depth >= 0; depth--) {
    const prefix = prefixOf(path.slice(0, depth + 1))
    const box = depth === 0 ? null : plan.nodes.get(path[depth - 1]?.node ?? '')
    const turns = depth === 0 ? [] : (state.openings.get(boxKey(path, depth - 1)) ?? [])
    const beside = (box ? (box.inside?.nodes ?? []) : plan.root.nodes).map(({ id }) => prefix + id)
    const keys = turns.flatMap((opening) =>
      opening.type === 'turns' ? opening.turns.map(({ member, turn }) => `${prefix}${member}#${turn}`) : [],
    )
    const failed = [...beside, ...keys].find((key) => isUnhandled(state.nodes.get(key)))
    if (failed !== undefined) return `${failed} has failed`
  }
  return null
}
