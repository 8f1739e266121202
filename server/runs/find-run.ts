import type { RunState } from '@/engine/run/state'
import type { Actor } from '@/server/people/actor'
import type { Deps } from '@/server/use-case'
import { isUuid } from '@/server/uuid'
import type { Compiled } from '@/server/workflows/compiled'
import { loadCompiled } from '@/server/workflows/load-graph'

export type RunRow = {
  id: string
  workspaceId: string
  workflowId: string | null
  version: number | null
  graphHash: string
  status: string
}

/** A run of the actor's workspace; someone else's is one that does not exist. */
export async function findRun(
  { db }: Pick<Deps, 'db'>,
  { workspaceId }: Pick<Actor, 'workspaceId'>,
  id: string,
): Promise<RunRow | null> {
  if (!isUuid(id)) return null
  return db.run.findFirst({
    where: { id, workspaceId },
    select: { id: true, workspaceId: true, workflowId: true, version: true, graphHash: true, status: true },
  })
}

export type FoundRun = { row: RunRow; state: RunState; compiled: Compiled | null }

export async function loadRun(deps: Deps, actor: Actor, id: string): Promise<FoundRun | null> {
  const row = await findRun(deps, actor, id)
  if (!row) return null
  const [state, compiled] = await Promise.all([
    deps.runtime.read(id),
    loadCompiled(deps, row.workspaceId, row.graphHash),
  ])
  return state && { row, state, compiled }
}

const over: readonly string[] = ['completed', 'failed', 'cancelled']
export const isOverText = (status: string): boolean => over.includes(status)
