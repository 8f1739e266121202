import type { Json } from '@/engine/json'
import type { Ref } from '@/engine/payload'
import { afterFailure } from '@/engine/run/after-failure'
import { buildSchedule } from '@/engine/run/build-schedule'
import type { Fact, RunEvent } from '@/engine/run/events'
import { replay } from '@/engine/run/reduce'
import type { RuntimeDeps } from './deps'
import { type Drive, newDrive, noteChildDeadline, record, refOf } from './drive'
import { faultPoint } from './fault'
import { openPlayback } from './playback'
import { pump } from './pump'
import { loadPayloads, readEvents } from './read-run'
import { refsIn } from './refs'
import { playWait } from './replay-waits'
import { restoreShares } from './share'
import { doubtKey } from './steps'
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
       where id = $1
         and (finished_at is null or $3 and exists (select from run_command where run_id = $1 and taken_seq is null))
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

/** The run has no driver after all, and what is said of the one before stays true. */
async function release({ pool }: RuntimeDeps, runId: string, { epoch, handed_over }: Claimed): Promise<void> {
  await pool.query('update run set owner = null, handed_over = $3 where id = $1 and epoch = $2', [
    runId,
    epoch,
    handed_over,
  ])
}

/** Reads the log, goes on where it ends. `evenOver`: runs that are over are taken too, if somebody sent them something. */
export async function takeOver(
  deps: RuntimeDeps,
  runId: string,
  evenOver = false,
): Promise<{ drive: Drive; died: boolean } | null> {
  const claimed = await claim(deps, runId, evenOver)
  if (!claimed) return null
  faultPoint('claimed')
  try {
    return { drive: await readDrive(deps, runId, claimed), died: !claimed.handed_over }
  } catch (error) {
    await release(deps, runId, claimed).catch(() => {})
    throw error
  }
}

async function readDrive(deps: RuntimeDeps, runId: string, claimed: Claimed): Promise<Drive> {
  const events = await readEvents(deps.pool, runId)
  const state = replay(events)
  const plan = await deps.planOf(claimed.workspace_id, claimed.graph_hash)
  const schedule = buildSchedule(plan, state)
  const { workspace_id: workspaceId, epoch, depth } = claimed
  const drive = newDrive({ runId, workspaceId, epoch, depth, plan, state, schedule })
  await loadPayloads(deps.pool, workspaceId, refsIn(state), drive.values)
  drive.cassette = claimed.cassette && {
    setting: claimed.cassette,
    play: await openPlayback(deps, workspaceId, claimed.cassette),
  }
  restoreShares(drive)
  drive.doubts = doubtsIn(events)
  drive.careful = !claimed.handed_over
  for (const [path, node] of state.nodes) noteChildDeadline(drive, path, node)
  return drive
}

/** Steps that were begun, whose end nobody recorded, and about which nobody has decided since. */
function doubtsIn(events: readonly RunEvent[]): Set<string> {
  const doubts = new Set<string>()
  for (const event of events) {
    if (event.type === 'step.started') doubts.add(doubtKey(event.path, event.step))
    else if (event.type === 'step.completed' || event.type === 'step.failed')
      doubts.delete(doubtKey(event.path, event.step))
    else if (event.type === 'node.resumed' && event.cause.type === 'decision' && event.cause.step !== undefined) {
      doubts.delete(doubtKey(event.path, event.cause.step))
    }
  }
  return doubts
}

/** Starts what a taken over run has to do, beginning with what its driver before was in the middle of. */
export async function goOn(drive: Drive, deps: RuntimeDeps, died: boolean): Promise<void> {
  const now = deps.clock.now()
  if (drive.state.run.status === 'queued') record(drive, [{ type: 'run.started' }], now)
  record(drive, resumeFacts(drive, deps, died), now)
  if (drive.cassette?.play) playWaits(drive, deps)
  await takeCommands(drive, deps)
  faultPoint('taken over')
  pump(drive, deps)
}

function playWaits(drive: Drive, deps: RuntimeDeps): void {
  for (const [path, node] of [...drive.state.nodes]) {
    if (node.status === 'waiting') playWait(drive, deps, { type: 'node.waiting', path, ...node })
  }
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

const takenOver = (path: string, died: boolean): Fact => ({
  type: 'node.resumed',
  path,
  cause: { type: 'takeover', died },
})

function quarantine(drive: Drive, deps: RuntimeDeps, key: string): Fact {
  const instance = drive.schedule.instances.get(key)
  const node = drive.state.nodes.get(key)
  if (!instance || !node || !('attempt' in node)) return takenOver(key, true)
  const message = `Baton died ${mostDeaths} times while this node was at work, so it is not tried again by itself.`
  const keep = (value: Json): Ref => refOf(drive, value)
  const circumstances = { attempt: node.attempt, now: deps.clock.now(), random: deps.random(), keep }
  return afterFailure(instance, node, { code: 'quarantined', message }, circumstances)
}
