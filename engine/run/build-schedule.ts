import type { Plan, PlanNode } from '../plan/plan'
import { advanceSchedule, settleScope } from './advance-schedule'
import type { Fact } from './events'
import { type Instance, instanceOf, newSchedule, openScope, type Schedule, type ScopeRun } from './schedule'
import type { NodeState, RunState } from './state'

/** The schedule of a run that is taken over or tried again, from nothing but its plan and its state. */
export function buildSchedule(plan: Plan, state: RunState): Schedule {
  const schedule = newSchedule(plan)
  restoreScope(schedule, state, schedule.root)
  return schedule
}

function restoreScope(schedule: Schedule, state: RunState, scope: ScopeRun): void {
  for (const node of scope.scope.nodes) {
    const known = state.nodes.get(scope.prefix + node.id)
    if (known) restoreNode(schedule, state, instanceOf(schedule, scope, node), known)
  }
}

function restoreNode(schedule: Schedule, state: RunState, instance: Instance, known: NodeState): void {
  const path = instance.key
  if (instance.box && known.status === 'running') restoreBox(schedule, state, instance)
  else for (const fact of factsOf(path, known)) advanceSchedule(schedule, state, fact)
}

function restoreBox(schedule: Schedule, state: RunState, instance: Instance): void {
  advanceSchedule(schedule, state, { type: 'node.started', path: instance.key, attempt: 1 })
  const openings = state.openings.get(instance.key) ?? []
  const last = openings.at(-1)
  if (!last || !instance.node.inside || !instance.box) return
  schedule.advance.delete(instance)
  if (last.type === 'turns') {
    for (const opening of openings) advanceSchedule(schedule, state, openingFact(instance, opening))
    for (const turn of openings.flatMap((opening) => (opening.type === 'turns' ? opening.turns : []))) {
      const member = schedule.instances.get(`${instance.key}/${turn.member}#${turn.turn}`)
      const known = member && state.nodes.get(member.key)
      if (member && known) restoreNode(schedule, state, member, known)
    }
    return
  }
  instance.box.openings = openings.length
  if (last.type === 'iteration') {
    const scope = openScope(schedule, instance, instance.node.inside, last.index)
    restoreScope(schedule, state, scope)
    settleScope(schedule, scope)
    return
  }
  restoreItems(schedule, state, instance, last)
}

function restoreItems(
  schedule: Schedule,
  state: RunState,
  instance: Instance,
  { count, concurrency }: { count: number; concurrency: number },
): void {
  const { box, node } = instance
  if (!box || !node.inside) return
  const known = new Set<number>()
  // Until every item that had begun is back, no other one may open.
  box.items = { count, concurrency: 0, next: 0, known }
  for (let index = 0; index < count; index++) {
    if (!hasBegun(state, node, `${instance.key}[${index}]/`)) continue
    known.add(index)
    const scope = openScope(schedule, instance, node.inside, index)
    restoreScope(schedule, state, scope)
    settleScope(schedule, scope)
  }
  advanceSchedule(schedule, state, openingFact(instance, { type: 'items', count, concurrency }))
}

const hasBegun = (state: RunState, box: PlanNode, prefix: string): boolean =>
  box.inside?.nodes.some((node) => state.nodes.has(prefix + node.id)) ?? false

type OpeningFact = Extract<Fact, { type: 'step.completed' }>

const openingFact = (instance: Instance, opening: NonNullable<OpeningFact['opening']>): OpeningFact => ({
  type: 'step.completed',
  path: instance.key,
  step: '',
  kind: 'open',
  startedAt: 0,
  result: { hash: '', size: 0, preview: '' },
  opening,
})

/** The facts that lead an idle node to this state, as far as the schedule cares. */
function factsOf(path: string, known: NodeState): Fact[] {
  switch (known.status) {
    case 'running':
      return [{ type: 'node.started', path, attempt: known.attempt }]
    case 'retrying':
      return [{ type: 'node.retrying', path, attempt: known.attempt, failure: known.failure, retryAt: known.retryAt }]
    case 'waiting':
      return [{ type: 'node.waiting', path, attempt: known.attempt, wait: known.wait, waiting: known.waiting }]
    case 'completed':
      return [{ type: 'node.completed', path, attempt: known.attempt, output: known.output, ports: known.ports }]
    case 'failed': {
      const { attempt, failure, handled } = known
      return [{ type: 'node.failed', path, attempt, failure, ...(handled ? { handled } : {}) }]
    }
    case 'skipped':
      return [{ type: 'node.skipped', path }]
    case 'cancelled':
      return [{ type: 'node.cancelled', path }]
  }
}
