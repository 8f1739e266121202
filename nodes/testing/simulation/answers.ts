import { cancelFacts } from '@/engine/run/decide'
import type { Fact } from '@/engine/run/events'
import { restartPaths } from '@/engine/run/restart'
import { isOver } from '@/engine/run/state'
import type { Driver } from './driver'
import { factOfFailure } from './perform'
import type { Command } from './store'

/** What a command from outside becomes in the log. */
export function answerTo(driver: Driver, command: Command): readonly Fact[] {
  const { state, schedule, world } = driver
  const { by } = command
  const over = isOver(state.run)
  switch (command.kind) {
    case 'cancel':
      return over ? [] : [...cancelFacts(schedule), { type: 'run.cancelled', by }]
    case 'pause':
      return state.run.status === 'running' ? [{ type: 'run.paused', reason: 'person', by }] : []
    case 'resume':
      return state.run.status === 'paused' ? [{ type: 'run.resumed', by }] : []
    case 'retry':
      return over ? [{ type: 'run.resumed', by, restart: restartPaths(world.plan, state, null) }] : []
    case 'decide':
      return over ? [] : decided(driver, command)
  }
}

function decided(driver: Driver, { path, wait, body, by }: Command): readonly Fact[] {
  const node = path === null ? undefined : driver.state.nodes.get(path)
  const instance = path === null ? undefined : driver.schedule.instances.get(path)
  if (path === null || !instance || node?.status !== 'waiting' || node.wait !== wait) return []
  if (body.decision === 'timed_out') {
    const failure = { code: 'timeout' as const, message: 'Nobody decided in time.' }
    const fact = factOfFailure(driver, instance, { attempt: Number.POSITIVE_INFINITY, failure })
    return ['attempt' in fact ? { ...fact, attempt: node.attempt } : fact]
  }
  const decision = body.decision === 'approved' ? 'approved' : 'rejected'
  return [{ type: 'node.resumed', path, cause: { type: 'decision', decision, by } }]
}
