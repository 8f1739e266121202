import type { z } from 'zod'
import { ShareOptions } from '@/engine/share/options'
import type { Actor } from '@/server/people/actor'
import { notFound } from '@/server/refusal'
import { findRun } from '@/server/runs/find-run'
import { runId } from '@/server/runs/get-run'
import { makeShare, type NewSubject } from '@/server/shares/make-share'
import { type Deps, forRole } from '@/server/use-case'
import { loadCompiled } from '@/server/workflows/load-graph'

export const ShareRun = ShareOptions.extend({ id: runId })

/** Makes a link to a run, also to one that goes on. */
export const shareRun = forRole('editor', async (deps, actor, { id, ...options }: z.infer<typeof ShareRun>) => {
  const subject = await findSharedRun(deps, actor, id)
  return subject ? makeShare(deps, actor, subject, options) : notFound('run')
})

export async function findSharedRun(deps: Deps, actor: Actor, id: string): Promise<NewSubject | null> {
  const run = await findRun(deps, actor, id)
  const compiled = run && (await loadCompiled(deps, actor.workspaceId, run.graphHash))
  if (!compiled) return null
  const { graphHash, workflowId } = run
  return { kind: 'run', runId: run.id, workflowId, graphHash, name: compiled.graph.name, graph: compiled.graph }
}
