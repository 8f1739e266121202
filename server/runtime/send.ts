import type { Pool, PoolClient } from 'pg'
import type { Json } from '@/engine/json'
import { isForPerson } from '@/engine/run/summary'
import { isUuid } from '@/server/uuid'
import { decisionOn, insertCommand, insertDecision, untakenCommands } from './commands-sql'
import type { Command, SendAnswer } from './types'

type RunRow = { status: string; summary: { waitingFor?: readonly Waiting[] } | null }
type Waiting = { path: string; reason: string; wait?: number }

type Deciding = Extract<Command, { type: 'decide' }>

/** Commits what somebody wants of a run, or says why not. The run's row is locked first, so that two can't pass each other. */
export async function sendCommand(
  pool: Pool,
  workspaceId: string,
  runId: string,
  command: Command,
): Promise<SendAnswer> {
  if (!isUuid(runId)) return { type: 'not_found' }
  const client = await pool.connect()
  try {
    await client.query('begin')
    const answer = await place(client, workspaceId, runId, command)
    await client.query('commit')
    return answer
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  } finally {
    client.release()
  }
}

async function place(db: PoolClient, workspaceId: string, runId: string, command: Command): Promise<SendAnswer> {
  const { rows } = await db.query<RunRow>(
    'select status, summary from run where id = $1 and workspace_id = $2 for update',
    [runId, workspaceId],
  )
  const run = rows[0]
  if (!run) return { type: 'not_found' }
  if (command.type === 'decide') return decide(db, runId, run, command)
  const status = await statusAfterCommands(db, runId, run.status)
  if (!allowed[command.type].includes(status)) return { type: 'wrong_state', status }
  const { type, by, ...body } = command
  if (type === 'cancel') await closeWaiting(db, runId, run, by)
  await insertCommand(db, { runId, kind: type, body: body as { [key: string]: Json }, by })
  return { type: 'accepted' }
}

const allowed: { [K in Exclude<Command['type'], 'decide'>]: readonly string[] } = {
  cancel: ['queued', 'running', 'waiting', 'paused'],
  pause: ['queued', 'running', 'waiting'],
  resume: ['paused'],
  retry: ['failed', 'cancelled'],
}

/** Commands that are accepted but not yet taken count as done: whoever sent them was told so. */
async function statusAfterCommands(db: PoolClient, runId: string, status: string): Promise<string> {
  const next: { [kind: string]: string } = { cancel: 'cancelled', pause: 'paused', resume: 'running', retry: 'running' }
  return (await untakenCommands(db, runId)).reduce((at, { kind }) => next[kind] ?? at, status)
}

/** A cancel decides every place at which somebody could still have decided something. */
async function closeWaiting(db: PoolClient, runId: string, run: RunRow, by: Command['by']): Promise<void> {
  for (const { path, wait } of run.summary?.waitingFor ?? []) {
    if (wait !== undefined)
      await insertDecision(db, { runId, path, wait, kind: 'closed', body: { decision: 'cancelled' }, by })
  }
}

async function decide(db: PoolClient, runId: string, run: RunRow, command: Deciding): Promise<SendAnswer> {
  const { path, by, type: _, ...body } = command
  const waiting = (run.summary?.waitingFor ?? []).find((one) => one.path === path && isForPerson(one.reason))
  if (waiting?.wait === undefined) return alreadyDecided(db, runId, path, null)
  const row = { runId, path, wait: waiting.wait, kind: 'decide' as const, body: body as { [key: string]: Json }, by }
  return (await insertDecision(db, row)) ? { type: 'accepted' } : alreadyDecided(db, runId, path, waiting.wait)
}

async function alreadyDecided(db: PoolClient, runId: string, path: string, wait: number | null): Promise<SendAnswer> {
  const first = await decisionOn(db, runId, path, wait)
  if (!first) return { type: 'not_waiting' }
  return { type: 'already_decided', decision: String(first.body.decision), by: first.by, at: first.createdAt }
}
