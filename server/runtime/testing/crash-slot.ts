import type { Json } from '@/engine/json'
import { take } from '../fleet'
import { checkLog } from './check-log'
import { openPlace, type Place } from './place'
import { type Bundle, startWorker, type Worker } from './worker'

export type Slot = { outside: Place; survivor: Place; close: () => Promise<void> }

export type World = { bundle: Bundle; modelUrl: string; sinkHost: string; graph: Json }

/** A database of its own, somebody who starts runs and decides, and a process that goes on where a victim died. */
export async function openSlot({ modelUrl, sinkHost }: World): Promise<Slot> {
  const settings = { openai: { apiKey: 'sk-test', baseUrl: modelUrl, model: 'test-model' }, allowPrivate: [sinkHost] }
  const outside = await openPlace({ ...settings, runtime: { works: false } })
  const survivor = await openPlace({ ...settings, url: outside.url, runtime: { works: true, limits: { runs: 0 } } })
  return {
    outside,
    survivor,
    close: async () => {
      await survivor.close()
      await outside.close()
    },
  }
}

/** Starts a run, kills its worker at the n-th point, lets the survivor finish it. `n` 0: nobody dies. */
export async function crashAt(slot: Slot, world: World, n: number) {
  const { outside, survivor } = slot
  const { runtime, workspaceId, pool } = outside
  const { fleet } = survivor.runtime
  const answer = await runtime.start(await outside.request(world.graph, { topic: 'tea' }))
  if (answer.type === 'busy') throw new Error('busy')
  const { runId } = answer
  const victim = startWorker({
    bundle: world.bundle,
    databaseUrl: outside.url,
    modelUrl: world.modelUrl,
    allowPrivate: world.sinkHost,
    env: { BATON_FAULT: String(n), BATON_LOG_LEVEL: 'error' },
  })
  const over = new AbortController()
  const takenOver = victim.ended.then(async () => {
    // Nobody has to wait until the silence is noticed: that is tested elsewhere.
    await pool.query(`update process set heartbeat_at = now() - interval '1 hour' where pid = $1`, [victim.pid])
    if (over.signal.aborted) return
    fleet.limits.runs = 64
    await take(fleet, runId)
  })
  await approveAll(slot, runId, workspaceId)
  over.abort()
  const died = victim.process.signalCode === 'SIGKILL'
  victim.process.kill('SIGKILL')
  await Promise.all([victim.ended, takenOver])
  fleet.limits.runs = 0
  return { runId, died, said: victim.said, ...(await checkLog(pool, runId)) }
}

/** Decides for the person until the run is over. */
async function approveAll({ outside: { runtime, pool } }: Slot, runId: string, workspaceId: string): Promise<void> {
  const by = { type: 'person' as const, id: 'p1', name: 'Ada' }
  const signal = AbortSignal.timeout(25_000)
  while (!signal.aborted) {
    await runtime.untilSettled(runId, signal)
    const { rows } = await pool.query<{ finished: boolean; status: string }>(
      'select finished_at is not null as finished, status from run where id = $1',
      [runId],
    )
    if (rows[0]?.finished) return
    await runtime.send(workspaceId, runId, { type: 'decide', path: 'gate', decision: 'approved', by })
  }
  throw new Error(`The run ${runId} did not come to an end.`)
}

export const pointsOf = ({ said }: Pick<Worker, 'said'>): string[] =>
  said.filter((line) => line.startsWith('fault point')).map((line) => line.split(' ').slice(3).join(' '))
