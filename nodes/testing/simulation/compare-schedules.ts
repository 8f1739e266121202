import { isDeepStrictEqual } from 'node:util'
import type { Plan } from '@/engine/plan/plan'
import { buildSchedule } from '@/engine/run/build-schedule'
import { type Instance, isOpen, type Schedule, type ScopeRun } from '@/engine/run/schedule'
import type { RunState } from '@/engine/run/state'

type Described = { [key: string]: unknown }

/**
 * A schedule that was kept up to date must be the one that would be built anew. Left out of the comparison is only what a
 * driver has taken in hand: a box that it asks for its next move, nodes that it performs again, a deadline that it reported.
 */
export function compareSchedules(plan: Plan, { schedule, state }: { schedule: Schedule; state: RunState }): void {
  if (state.run.status !== 'running' && state.run.status !== 'queued' && state.run.status !== 'paused') return
  const kept = describe(schedule, state)
  const built = describe(buildSchedule(plan, state), state)
  if (isDeepStrictEqual(kept, built)) return
  for (const key of Object.keys(built)) {
    if (isDeepStrictEqual(kept[key], built[key])) continue
    const shown = `${key}\nkept:  ${JSON.stringify(kept[key])}\nbuilt: ${JSON.stringify(built[key])}`
    throw new Error(`after event ${state.seq} the schedule differs in ${shown}`)
  }
}

function describe(schedule: Schedule, state: RunState): Described {
  const open = (instances: Set<Instance>) =>
    [...instances]
      .filter(({ scope }) => isOpen(scope))
      .map(({ key }) => key)
      .sort()
  const moving = [...schedule.instances.values()].filter(({ box, phase }) => box?.moving && phase === 'running')
  return {
    root: describeScope(schedule.root, state),
    instances: [...schedule.instances.values()]
      .filter(({ phase, scope }) => phase !== 'idle' && !(phase === 'settled' && isClosed(scope)))
      .map(({ key, phase }) => `${key} ${phase}`)
      .sort(),
    ready: open(schedule.ready),
    dead: open(schedule.dead),
    advance: [...new Set([...schedule.advance, ...moving])].map(({ key }) => key).sort(),
    closing: [...schedule.closing].map(({ key }) => key).sort(),
    wakeups: describeWakeups(schedule, state),
  }
}

const isClosed = (scope: ScopeRun): boolean => scope.over || (scope.box !== null && scope.box.phase === 'settled')

function describeWakeups({ wakeups }: Schedule, state: RunState): string[] {
  const texts = wakeups.flatMap(({ item: { instance, type, at } }) => {
    const node = state.nodes.get(instance.key)
    if (!isOpen(instance.scope) || type === 'deadline') return []
    const due =
      node?.status === 'retrying'
        ? node.retryAt
        : node?.status === 'waiting' && node.waiting.reason === 'timer' && node.waiting.until
    return due === at ? [`${instance.key} ${type} ${at}`] : []
  })
  return [...new Set(texts)].sort()
}

function describeScope(scope: ScopeRun, state: RunState): Described {
  const { prefix, failed, unsettled, active, instances, box } = scope
  return {
    prefix,
    failed,
    unsettled,
    active,
    ...(scope.index === null && box ? {} : { open: [...scope.open], live: [...scope.live] }),
    boxes: instances.flatMap((instance) => (instance?.box ? [describeBox(instance, state)] : [])),
  }
}

function describeBox(instance: Instance, state: RunState): Described {
  const { key, phase, box } = instance
  const status = state.nodes.get(key)?.status
  if (!box || status === undefined || phase === 'idle' || phase === 'settled' || status === 'retrying')
    return { key, phase }
  const { scopes, items, failures, stopped } = box
  const unopened =
    items && !stopped && isOpen(instance.scope)
      ? Array.from({ length: items.count }, (_, index) => index).filter(
          (index) => index >= items.next && !items.known?.has(index),
        )
      : null
  return {
    key,
    phase,
    stopped,
    concurrency: items?.concurrency,
    unopened,
    failures: [...failures].sort(([a], [b]) => a - b),
    scopes: [...scopes.values()].map((scope) => describeScope(scope, state)).sort(byPrefix),
  }
}

const byPrefix = (a: Described, b: Described): number => String(a.prefix).localeCompare(String(b.prefix))
