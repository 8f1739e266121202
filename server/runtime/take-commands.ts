import type { JsonObject } from '@/engine/json'
import { afterFailure } from '@/engine/run/after-failure'
import type { Budget } from '@/engine/run/budget'
import { cancelFacts } from '@/engine/run/decide'
import type { Fact } from '@/engine/run/events'
import { restartPaths } from '@/engine/run/restart'
import { isOver } from '@/engine/run/state'
import { type CommandRow, untakenCommands } from './commands-sql'
import type { RuntimeDeps } from './deps'
import { type Drive, record, refOf, tellChild } from './drive'
import { faultPoint } from './fault'
import { keepFlushing } from './flush'
import { pump, stopWork, unpark } from './pump'
import { doubtKey } from './steps'

/** Reads what was sent to the run and acts on it, in order. The append that records the answer marks the command as taken. */
export async function takeCommands(drive: Drive, deps: RuntimeDeps): Promise<void> {
  const commands = await untakenCommands(deps.pool, drive.runId)
  let answered = false
  for (const command of commands) {
    // By their ids one by one: of two that came at the same time the later one may be seen first.
    if (drive.closed || drive.taken.has(command.id) || isEarly(drive, command)) continue
    faultPoint('command seen')
    drive.taken.add(command.id)
    const facts = answerTo(drive, deps, command)
    record(drive, facts, deps.clock.now())
    drive.unwritten.taken.push(command.id)
    if (facts.length > 0) passOn(drive, command)
    stopWork(drive)
    if (command.kind === 'resume' || command.kind === 'retry') unpark(drive)
    answered = true
  }
  if (!answered) return
  pump(drive, deps)
  keepFlushing(drive, deps)
  faultPoint('command taken')
}

/** A child can be faster than the step that started it: its end is heard of when the parent waits for it. */
function isEarly(drive: Drive, { kind, path }: CommandRow): boolean {
  if (kind !== 'child' || path === null || isOver(drive.state.run)) return false
  const node = drive.state.nodes.get(path)
  return node?.status === 'running' || node?.status === 'retrying' || node === undefined
}

/** Pause and its end go down to the runs that this one waits for. A cancel does so by closing their nodes. */
function passOn(drive: Drive, { kind }: CommandRow): void {
  if (kind !== 'pause' && kind !== 'resume') return
  for (const node of drive.state.nodes.values()) {
    if (node.status === 'waiting' && node.waiting.reason === 'child') tellChild(drive, node.waiting.runId, kind)
  }
}

function answerTo(drive: Drive, deps: RuntimeDeps, command: CommandRow): Fact[] {
  const { state, schedule, plan } = drive
  const { by, body } = command
  const over = isOver(state.run)
  switch (command.kind) {
    case 'cancel': {
      if (over) return []
      const reason = typeof body.reason === 'string' ? { reason: body.reason } : {}
      return [...cancelFacts(schedule), { type: 'run.cancelled', by, ...reason }]
    }
    case 'pause':
      return over || state.run.status === 'paused' ? [] : [{ type: 'run.paused', reason: 'person', by }]
    case 'resume':
      if (state.run.status !== 'paused') return []
      return [{ type: 'run.resumed', by, ...(body.budget ? { budget: body.budget as Budget } : {}) }]
    case 'retry':
      return over ? [{ type: 'run.resumed', by, restart: restartPaths(plan, state, null) }] : []
    case 'decide':
      return over ? [] : decided(drive, deps, command)
    case 'child':
      return over ? [] : childEnded(drive, command)
    case 'closed':
      return []
  }
}

function decided(drive: Drive, deps: RuntimeDeps, { path, wait, body, by }: CommandRow): Fact[] {
  const node = path === null ? undefined : drive.state.nodes.get(path)
  const instance = path === null ? undefined : drive.schedule.instances.get(path)
  if (path === null || !instance || node?.status !== 'waiting' || node.wait !== wait) return []
  if (body.decision === 'timed_out') {
    const now = deps.clock.now()
    const keep = (value: Parameters<typeof refOf>[1]) => refOf(drive, value)
    const failure = { code: 'timeout' as const, message: 'Nobody decided in time.' }
    // Asking again would not make anybody decide faster.
    const attempt = Number.POSITIVE_INFINITY
    const fact = afterFailure(instance, node, failure, { attempt, now, random: deps.random(), keep })
    return ['attempt' in fact ? { ...fact, attempt: node.attempt } : fact]
  }
  const { waiting } = node
  const step = waiting.reason === 'tool_approval' || waiting.reason === 'doubt' ? { step: waiting.step } : {}
  if ('step' in step) drive.doubts.delete(doubtKey(path, step.step))
  const comment = typeof body.comment === 'string' ? { comment: body.comment } : {}
  const fields = body.fields ? { fields: body.fields as JsonObject } : {}
  const decision = body.decision === 'approved' ? 'approved' : 'rejected'
  return [{ type: 'node.resumed', path, cause: { type: 'decision', decision, by, ...comment, ...fields, ...step } }]
}

function childEnded(drive: Drive, { path, body }: CommandRow): Fact[] {
  const node = path === null ? undefined : drive.state.nodes.get(path)
  if (path === null || node?.status !== 'waiting' || node.waiting.reason !== 'child') return []
  if (node.waiting.runId !== body.runId) return []
  const status = body.status === 'completed' || body.status === 'failed' ? body.status : 'cancelled'
  return [{ type: 'node.resumed', path, cause: { type: 'child', status } }]
}
