import type { Pool } from 'pg'
import { isInline } from '@/engine/payload'
import type { RunEvent } from '@/engine/run/events'
import { newRun, reduce } from '@/engine/run/reduce'
import type { RunState } from '@/engine/run/state'
import { until } from '@/server/db/embedded/process'

/** Everything that must be true of any log, whatever happened to the processes that wrote it. */
export async function checkLog(pool: Pool, runId: string): Promise<{ events: RunEvent[]; state: RunState }> {
  const { rows } = await pool.query<{ seq: number; event: string }>(
    'select seq, event from run_event where run_id = $1 order by seq',
    [runId],
  )
  const run = (
    await pool.query<{ next_seq: number; status: string; finished: boolean }>(
      'select next_seq, status, finished_at is not null as finished from run where id = $1',
      [runId],
    )
  ).rows[0]
  const events = rows.map(({ event }) => JSON.parse(event) as RunEvent)
  const say = (what: string) => new Error(`${what} in the log of ${runId}:\n${events.map(line).join('\n')}`)
  if (!run) throw say('There is no row')
  const state = newRun()
  const recorded = new Set<string>()
  const ended = new Set<string>()
  rows.forEach(({ seq }, index) => {
    const event = events[index]
    if (!event || seq !== index + 1 || event.seq !== seq) throw say(`There is a gap at ${index + 1}`)
    reduce(state, event)
    if (event.type === 'step.completed') {
      const key = `${event.path} ${event.step}`
      if (recorded.has(key)) throw say(`The step ${key} was recorded twice`)
      recorded.add(key)
    }
    if (event.type === 'node.completed' || event.type === 'node.skipped') {
      if (ended.has(event.path)) throw say(`The node ${event.path} ended twice`)
      ended.add(event.path)
    }
  })
  if (run.next_seq !== rows.length + 1) throw say(`The row expects ${run.next_seq} after ${rows.length} events`)
  const over = ['completed', 'failed', 'cancelled'].includes(state.run.status)
  if (over !== run.finished) throw say(`The row says ${run.status}, the log ${state.run.status}`)
  if (over && run.status !== state.run.status) throw say(`The row says ${run.status}`)
  // A command that came too late is taken note of behind the end, by whoever has the run for that moment.
  if (over && !(await until(() => isFree(pool, runId), 3_000))) throw say('Somebody still holds a run that is over')
  return { events, state }
}

const isFree = async (pool: Pool, runId: string): Promise<boolean> =>
  (await pool.query('select 1 from run where id = $1 and owner is null', [runId])).rowCount === 1

export const line = (event: RunEvent): string => {
  const { seq, type } = event
  const path = 'path' in event ? ` ${event.path}` : ''
  const step = 'step' in event ? ` ${event.step}` : ''
  const why = 'failure' in event ? ` ${event.failure.code}: ${event.failure.message}` : ''
  return `${seq} ${type}${path}${step}${why}`
}

export function outputOf(state: RunState): unknown {
  if (state.run.status !== 'completed') return state.run
  return isInline(state.run.output) ? state.run.output.inline : state.run.output.hash
}
