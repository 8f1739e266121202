import { pushHeap } from './heap'
import { type Instance, isOpen, type Schedule } from './schedule'
import type { NodeState } from './state'

/** A node that waits will be woken, or closed if everything around it is closing. */
export function awaitOrClose(schedule: Schedule, instance: Instance, known: NodeState | undefined): void {
  if (!isOpen(instance.scope)) {
    schedule.closing.add(instance)
    return
  }
  if (known?.status === 'retrying') {
    pushHeap(schedule.wakeups, known.retryAt, { instance, type: 'retry', at: known.retryAt })
  }
  if (known?.status !== 'waiting') return
  const { waiting } = known
  if (waiting.reason === 'timer') {
    pushHeap(schedule.wakeups, waiting.until, { instance, type: 'timer', at: waiting.until })
  }
  if (waiting.reason === 'approval' && waiting.deadline !== undefined) {
    pushHeap(schedule.wakeups, waiting.deadline, { instance, type: 'deadline', at: waiting.deadline })
  }
}
