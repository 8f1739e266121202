import type { Json } from '@/engine/json'
import type { Ref } from '@/engine/payload'
import { afterFailure } from '@/engine/run/after-failure'
import { buildSchedule } from '@/engine/run/build-schedule'
import type { Fact } from '@/engine/run/events'
import { replay } from '@/engine/run/reduce'
import type { RunState } from '@/engine/run/state'
import type { RuntimeDeps } from './deps'
import { type Drive, newDrive, record, refOf } from './drive'
import { openPlayback } from './playback'
import { pump } from './pump'
import { loadPayloads, readEvents } from './read-run'
import { takeCommands } from './take-commands'
import type { CassetteSetting } from './types'

/** A process that has not been heard of for this long is gone. */
export const deadAfterSeconds = 15

/** The step that a process died in this often is not tried again. */
const mostDeaths = 3

type Claimed = {
  workspace_id: string
  graph_hash: string
  epoch: number
  depth: number
  cassette: CassetteSetting | null
  /** The driver before had let go of it; otherwise it died. */
  handed_over: boolean
}

/** Makes this process the driver of a run that has none. Null: somebody drives it, it is over, or there is no such run. */
async function claim(deps: RuntimeDeps, runId: string, evenOver: boolean): Promise<Claimed | null> {
  const { rows } = await deps.pool.query<Claimed>({
    name: 'claim-run',
    text: `with old as (
       select id, handed_over from run
       where id = $1 and ($3 or finished_at is null)
         and (owner is null or owner = $2 or owner not in (
           select id from process where heartbeat_at > now() - interval '${deadAfterSeconds} seconds'))
       for update
     )
     update run set owner = $2, epoch = run.epoch + 1, handed_over = false
     from old where run.id = old.id
     returning run.workspace_id, run.graph_hash, run.epoch, run.depth, run.cassette, old.handed_over`,
    values: [runId, deps.processId, evenOver],
  })
  return rows[0] ?? null
}

/** Reads the log, goes on where it ends. */
export async function takeOver(deps: RuntimeDeps, runId: string, evenOver = false): Promise<{ drive: Drive; died: boolean } | null> {
  const claimed = await claim(deps, runId, evenOver)
  if (!claimed) return null
  const events = await readEvents(deps.pool, runId)
  const state = replay(events)
  const plan = await deps.planOf(claimed.workspace_id, claimed.graph_hash)
  const schedule = buildSchedule(plan, state)
  const { workspace_id: workspaceId, epoch, depth } = claimed
  const drive = newDrive({ runId, workspaceId, epoch, depth, plan, state, schedule })
  await loadPayloads(deps.pool, workspaceId, refsIn(state), drive.values)
  drive.cassette = claimed.cassette && { setting: claimed.cassette, play: await openPlayback(deps, workspaceId, claimed.cassette) }
  return { drive, died: !claimed.handed_over }
}

/** Starts what a taken over run has to do, beginning with what its driver before was in the middle of. */
export async function goOn(drive: Drive, deps: RuntimeDeps, died: boolean): Promise<void> {
  const now = deps.clock.now()
  if (drive.state.run.status === 'queued') record(drive, [{ type: 'run.started' }], now)
  record(drive, resumeFacts(drive, deps, died), now)
  await takeCommands(drive, deps)
  pump(drive, deps)
}

function resumeFacts(drive: Drive, deps: RuntimeDeps, died: boolean): Fact[] {
  const facts: Fact[] = []
  for (const { key, phase, box } of drive.schedule.instances.values()) {
    const node = drive.state.nodes.get(key)
    if (phase !== 'running' || box || node?.status !== 'running') continue
    facts.push(died && node.deaths + 1 >= mostDeaths ? quarantine(drive, deps, key) : takenOver(key, died))
  }
  return facts
}

const takenOver = (path: string, died: boolean): Fact => ({ type: 'node.resumed', path, cause: { type: 'takeover', died } })

function quarantine(drive: Drive, deps: RuntimeDeps, key: string): Fact {
  const instance = drive.schedule.instances.get(key)
  const node = drive.state.nodes.get(key)
  if (!instance || !node || !('attempt' in node)) return takenOver(key, true)
  const message = `Baton died ${mostDeaths} times while this node was at work, so it is not tried again by itself.`
  const keep = (value: Json): Ref => refOf(drive, value)
  const circumstances = { attempt: node.attempt, now: deps.clock.now(), random: deps.random(), keep }
  return afterFailure(instance, node, { code: 'quarantined', message }, circumstances)
}

/** Everything that expressions, boxes and re-entered nodes may ask for. */
function* refsIn(state: RunState): Generator<Ref> {
  if (state.input) yield state.input
  for (const [path, node] of state.nodes) {
    if (node.status === 'completed') {
      yield node.output
      if (node.detail) yield node.detail
    }
    if (node.status === 'failed' && node.handled) yield node.handled.output
    const open = node.status === 'running' || node.status === 'retrying' || node.status === 'waiting' || node.status === 'failed'
    for (const step of open ? (state.steps.get(path)?.values() ?? []) : []) {
      if (step.status === 'completed') yield step.result
    }
  }
}
