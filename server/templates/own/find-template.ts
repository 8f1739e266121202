import type { Graph } from '@/engine/graph/schema'
import type { Actor } from '@/server/people/actor'
import { readTemplates, type Template } from '@/server/templates/read-templates'
import type { Deps } from '@/server/use-case'
import { isUuid } from '@/server/uuid'

/** Of the gallery that comes with Baton, or of a workspace. */
export type Found = Template & { source: 'gallery' | 'workspace' }

/** More than a gallery can show; a workspace that has as many has to clear up. */
export const mostTemplates = 500

type Row = { id: string; graph: unknown }
const asTemplate = ({ id, graph }: Row): Found => ({ id, graph: graph as Graph, source: 'workspace' })

export async function ownTemplates({ db }: Pick<Deps, 'db'>, { workspaceId }: Actor): Promise<Found[]> {
  const rows = await db.ownTemplate.findMany({
    where: { workspaceId },
    orderBy: [{ updatedAt: 'desc' }, { id: 'asc' }],
    take: mostTemplates,
    select: { id: true, graph: true },
  })
  return rows.map(asTemplate)
}

/** The files are called by name, those of a workspace by a uuid. */
export async function findTemplate({ db }: Pick<Deps, 'db'>, actor: Actor, id: string): Promise<Found | null> {
  if (isUuid(id)) {
    const row = await db.ownTemplate.findFirst({ where: { id, workspaceId: actor.workspaceId } })
    return row && asTemplate(row)
  }
  const { templates } = await readTemplates()
  const template = templates.find((one) => one.id === id)
  return template === undefined ? null : { ...template, source: 'gallery' }
}
