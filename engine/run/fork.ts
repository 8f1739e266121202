import { formatPath, type Path, type PathKey, parsePath } from '../path'
import type { Ref } from '../payload'
import type { Plan } from '../plan/plan'
import type { Fact, NodeFact, RunEvent } from './events'
import { outdated } from './outdated'
import { replay } from './reduce'
import type { NodeState, RunState } from './state'

export type ForkCut = {
  /** Nothing that came later is taken over. */
  afterSeq?: number
  /** Is done again, with everything that depends on it. */
  fromNode?: string
  /** Nodes whose config the patch changes are done again too. */
  changed?: ReadonlySet<string>
  /** What nodes are to have answered; what depends on them is done again. */
  outputs?: ReadonlyMap<PathKey, Ref>
  /** A new input reaches everything: nothing is taken over. */
  newInput?: boolean
}

/**
 * What a fork takes over from its source: everything that had settled by the cut and does not depend on what is done
 * again, and the recorded steps of what had not settled, so that a fork in the middle of an agent pays for nothing twice.
 */
export function inheritedFacts(plan: Plan, log: readonly RunEvent[], cut: ForkCut): Fact[] {
  const { afterSeq = Number.POSITIVE_INFINITY, outputs = new Map<PathKey, Ref>() } = cut
  const events = log.filter((event) => event.seq <= afterSeq)
  const state = replay(events)
  const seeds = [...(cut.fromNode === undefined ? [] : [cut.fromNode]), ...(cut.changed ?? [])]
  const old = outdated({ plan, events, again: seeds, patched: [...outputs.keys()] })
  const facts: Fact[] = []
  const placed = new Set<PathKey>()
  for (const event of cut.newInput ? [] : events) {
    if (!('path' in event) || event.path === undefined || event.type === 'run.failed' || event.type === 'budget.hit')
      continue
    const path = parsePath(event.path)
    if (!path || old.isDropped(path, event)) continue
    const ref = outputs.get(event.path)
    if (ref) {
      if (!placed.has(event.path) && isEnd(event)) facts.push(patchedFact(plan, event.path, ref, event))
      if (isEnd(event)) placed.add(event.path)
    } else if (isKept(event, path, state, old.isReopened(path))) facts.push(bare(event))
  }
  for (const [path, ref] of outputs) if (!placed.has(path)) facts.push(patchedFact(plan, path, ref, null))
  return facts
}

const isEnd = (event: RunEvent): boolean =>
  event.type === 'node.completed' ||
  event.type === 'node.failed' ||
  event.type === 'node.skipped' ||
  event.type === 'node.cancelled'

function patchedFact(plan: Plan, path: PathKey, output: Ref, event: RunEvent | null): NodeFact {
  const id = parsePath(path)?.at(-1)?.node ?? ''
  const node = plan.nodes.get(id)
  const known = event?.type === 'node.completed' ? event : null
  const ports = known?.ports ?? (node ? node.spec.ports(node.config as never).slice(0, 1) : [])
  return { type: 'node.completed', path, attempt: known?.attempt ?? 1, output, ports }
}

function isKept(event: RunEvent & { path?: PathKey }, path: Path, state: RunState, isReopened: boolean): boolean {
  const isSettled = !isReopened && isFinal(state, path)
  // A child that is still awaited is the source's: it would answer nobody else, and end with whoever waits for it.
  if (event.type === 'step.completed') return event.kind !== 'child' || isSettled
  if (event.type === 'note') return true
  if (event.type === 'step.started' || event.type === 'step.failed') return false
  if (isSettled) return true
  // A box at work stays open, with what has settled inside it.
  return event.type === 'node.started' && event.path !== undefined && state.openings.has(event.path)
}

/** Has it settled for good? A failure that nothing handled has not, unless a box around it went on without it. */
function isFinal(state: RunState, path: Path): boolean {
  const node = state.nodes.get(keyOf(path, path.length))
  if (isResult(node)) return true
  if (node?.status !== 'failed' && node?.status !== 'cancelled') return false
  return path.some((_, length) => length > 0 && isResult(state.nodes.get(boxKey(path, length))))
}

const isResult = (node: NodeState | undefined): boolean =>
  node?.status === 'completed' ||
  node?.status === 'skipped' ||
  (node?.status === 'failed' && node.handled !== undefined)

const keyOf = (path: Path, length: number): PathKey => formatPath(path.slice(0, length))
/** The box instance around: `each[3]/write` lives in `each`. */
const boxKey = (path: Path, length: number): PathKey =>
  formatPath(path.slice(0, length).map((segment, at) => (at === length - 1 ? withoutIndex(segment) : segment)))

const withoutIndex = ({ node, turn }: Path[number]): Path[number] => (turn === undefined ? { node } : { node, turn })

function bare(event: RunEvent): Fact {
  const { seq: _, at: __, inherited: ___, ...fact } = event
  if (fact.type !== 'node.started') return fact
  const { restart: ____, ...started } = fact
  return started
}
