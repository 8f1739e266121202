import type { Actor } from '@/server/people/actor'
import { atLeast } from '@/server/people/role'
import { findRun } from '@/server/runs/find-run'
import type { Deps } from '@/server/use-case'

/** The right to watch a run: that of reading it. */
export const canSeeRun = async (deps: Pick<Deps, 'db'>, actor: Actor, id: string): Promise<boolean> =>
  atLeast(actor.role, 'viewer') && (await findRun(deps, actor, id)) !== null
