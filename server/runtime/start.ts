import { randomUUID } from 'node:crypto'
import { type Budget, tighter } from '@/engine/run/budget'
import { buildSchedule } from '@/engine/run/build-schedule'
import type { Fact, RunEvent } from '@/engine/run/events'
import { newRun, reduce } from '@/engine/run/reduce'
import { newSchedule } from '@/engine/run/schedule'
import type { RuntimeDeps } from './deps'
import { type Drive, newDrive, refOf } from './drive'
import { openPlayback } from './playback'
import { loadPayloads } from './read-run'
import { refsIn } from './refs'
import type { StartRequest } from './types'

/** Sorts by time, so that new runs are written at the end of the index (uuid version 7). */
export function newRunId(now: number): string {
  const time = now.toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`
}

/** A run in memory that is not on disk yet. `here`: this process drives it from the start. */
export async function prepareRun(deps: RuntimeDeps, request: StartRequest, here: boolean): Promise<Drive> {
  const now = deps.clock.now()
  const { plan, parent, fork, cassette } = request
  const drive = newDrive({
    runId: parent?.id ?? newRunId(now),
    workspaceId: request.workspaceId,
    epoch: 1,
    depth: parent?.depth ?? 0,
    plan,
    state: newRun(),
    schedule: newSchedule(plan),
  })
  drive.streams = request.trigger === 'manual'
  drive.create = {
    workflowId: request.workflowId,
    version: request.version,
    graphHash: request.graphHash,
    trigger: request.trigger,
    createdAt: now,
    createdBy: request.createdBy,
    idempotency: request.idempotency ?? null,
    parent: parent ?? null,
    cassette: cassette ?? null,
    owner: here ? deps.processId : null,
  }
  if (cassette) drive.cassette = { setting: cassette, play: await openPlayback(deps, request.workspaceId, cassette) }
  write(drive, createdFact(drive, request), now)
  for (const fact of fork?.inherited ?? []) write(drive, takenOver(fact, now), now, true)
  if (here) write(drive, { type: 'run.started' }, now)
  if (fork) {
    await loadPayloads(deps.pool, request.workspaceId, refsIn(drive.state), drive.values)
    drive.schedule = buildSchedule(plan, drive.state)
  }
  return drive
}

/** It took its time in the run it comes from; here it is there from the beginning, like the node it belongs to. */
const takenOver = (fact: Fact, now: number): Fact =>
  fact.type === 'step.completed' ? { ...fact, startedAt: now } : fact

function write(drive: Drive, fact: Fact, at: number, inherited = false): void {
  const event: RunEvent = { ...fact, seq: drive.state.seq + 1, at, ...(inherited ? { inherited: true } : {}) }
  reduce(drive.state, event)
  drive.unwritten.events.push(event)
}

function createdFact(drive: Drive, { input, trigger, budget, parent, fork, plan, pins = {} }: StartRequest): Fact {
  // What a parent has left never loosens what the child's own graph allows.
  const own = (plan.graph.budget ?? {}) as Budget
  const limits = parent ? tighter(own, budget ?? {}) : { ...own, ...budget }
  return {
    type: 'run.created',
    v: 1,
    input: refOf(drive, input),
    trigger,
    ...(Object.keys(limits).length === 0 ? {} : { budget: limits }),
    ...(parent ? { parent: { runId: parent.runId, path: parent.path, depth: parent.depth } } : {}),
    ...(fork ? { forkedFrom: forkedFrom(fork) } : {}),
    ...(Object.keys(pins).length === 0 ? {} : { pins: refOf(drive, { ...pins }) }),
  }
}

const forkedFrom = ({ runId, afterSeq, fromNode }: NonNullable<StartRequest['fork']>) => ({
  runId,
  ...(afterSeq === undefined ? {} : { afterSeq }),
  ...(fromNode === undefined ? {} : { fromNode }),
})
