import type { Command } from '@/engine/run/decide'
import { insertDecision } from './commands-sql'
import type { RuntimeDeps } from './deps'
import type { Drive } from './drive'
import { faultPoint } from './fault'

type Deadline = Extract<Command, { type: 'deadline' }>

const againMs = 500

/**
 * Nobody decided in time. The deadline competes for the decision like a person would: whoever's row is first has decided.
 */
export function decideByDeadline(drive: Drive, deps: RuntimeDeps, deadline: Deadline): void {
  const { instance, wait } = deadline
  const node = drive.state.nodes.get(instance.key)
  if (drive.closed || node?.status !== 'waiting' || node.wait !== wait || node.waiting.reason !== 'approval') return
  const decision = { approve: 'approved', reject: 'rejected', fail: 'timed_out' }[node.waiting.onTimeout]
  const row = { runId: drive.runId, path: instance.key, wait, by: { type: 'deadline' as const } }
  insertDecision(deps.pool, { ...row, kind: 'decide', body: { decision } }).then(
    () => {
      faultPoint('deadline decided')
      drive.look()
    },
    (error) => {
      deps.report(error, { run: drive.runId, path: instance.key })
      setTimeout(() => decideByDeadline(drive, deps, deadline), againMs)
    },
  )
}
