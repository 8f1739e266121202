import type { Command } from '@/engine/run/decide'
import type { RuntimeDeps } from './deps'
import type { Drive } from './drive'
import { insertDecision } from './commands-sql'

type Deadline = Extract<Command, { type: 'deadline' }>

/**
 * Nobody decided in time. The deadline competes for the decision like a person would: whoever's row is first has decided.
 * The driver hears of it by the same notice.
 */
export function decideByDeadline(drive: Drive, deps: RuntimeDeps, { instance, wait }: Deadline): void {
  const node = drive.state.nodes.get(instance.key)
  if (node?.status !== 'waiting' || node.waiting.reason !== 'approval') return
  const decision = { approve: 'approved', reject: 'rejected', fail: 'timed_out' }[node.waiting.onTimeout]
  const row = { runId: drive.runId, path: instance.key, wait, by: { type: 'deadline' as const } }
  insertDecision(deps.pool, { ...row, kind: 'decide', body: { decision } }).catch((error) =>
    deps.report(error, { run: drive.runId, path: instance.key }),
  )
}
