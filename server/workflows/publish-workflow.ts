import { z } from 'zod'
import type { Graph } from '@/engine/graph/schema'
import { asColumn } from '@/server/db/json'
import { done, notFound, refuse } from '@/server/refusal'
import { forRole } from '@/server/use-case'
import { whereWorkflow } from '@/server/workflows/find-workflow'
import { workflowId } from '@/server/workflows/get-workflow'
import { type VersionView, viewVersion } from '@/server/workflows/version-view'

export const PublishWorkflow = z.strictObject({
  id: workflowId,
  note: z.string().max(2_000).optional().describe('What changed.'),
})

export const publishWorkflow = forRole('editor', async (deps, actor, { id, note }: z.infer<typeof PublishWorkflow>) => {
  const { db, plans } = deps
  const { workspaceId } = actor
  const outcome = await db.$transaction(async (tx) => {
    const found = await tx.workflow.findFirst({ where: whereWorkflow(actor, id), select: { id: true } })
    if (!found) return notFound('workflow')
    // One publisher at a time: the number of a version is the next one, and the draft must not change under it.
    await tx.$queryRaw`select 1 from workflow where id = ${found.id}::uuid for update`
    const row = await tx.workflow.findUniqueOrThrow({ where: { id: found.id } })
    if (row.deletedAt !== null) return notFound('workflow')
    const graph = row.draft as unknown as Graph
    const compiled = plans.ofGraph(graph)
    if (compiled.plan === null) {
      return refuse('invalid_graph', 'The draft can not be published before its problems are mended.', {
        problems: compiled.problems,
      })
    }
    const { hash } = compiled
    await tx.graph.createMany({ data: [{ workspaceId, hash, body: asColumn(graph) }], skipDuplicates: true })
    const newest = await tx.workflowVersion.aggregate({ where: { workflowId: row.id }, _max: { version: true } })
    const version = (newest._max.version ?? 0) + 1
    const made = await tx.workflowVersion.create({
      data: { workflowId: row.id, version, graphHash: hash, note: note ?? null, createdBy: actor.userId },
    })
    await tx.workflow.update({ where: { id: row.id }, data: { publishedVersion: version } })
    return done<VersionView>(viewVersion(made, new Map([[actor.userId ?? '', actor.name]])))
  })
  plans.published.clear()
  return outcome
})
