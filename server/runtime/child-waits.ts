import type { Json } from '@/engine/json'
import { afterFailure } from '@/engine/run/after-failure'
import type { RuntimeDeps } from './deps'
import { type Drive, record, refOf } from './drive'

/** Attempts whose child run took too long fail, which also cancels the child. */
export function giveUpChildren(drive: Drive, deps: RuntimeDeps): void {
  if (drive.childDeadlines.size === 0 || drive.state.run.status !== 'running') return
  const now = deps.clock.now()
  for (const [path, at] of [...drive.childDeadlines]) {
    if (at > now) continue
    drive.childDeadlines.delete(path)
    const instance = drive.schedule.instances.get(path)
    const node = drive.state.nodes.get(path)
    if (!instance || node?.status !== 'waiting') continue
    const seconds = (instance.node.timeoutMs ?? 0) / 1000
    const failure = { code: 'timeout' as const, message: `It took longer than ${seconds} s.`, retry: {} }
    const keep = (value: Json) => refOf(drive, value)
    const circumstances = { attempt: node.attempt, now, random: deps.random(), keep }
    record(drive, [afterFailure(instance, node, failure, circumstances)], now)
  }
}
