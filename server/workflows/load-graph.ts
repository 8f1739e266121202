import type { Graph } from '@/engine/graph/schema'
import { asColumn } from '@/server/db/json'
import type { Deps } from '@/server/use-case'
import type { Compiled } from '@/server/workflows/compiled'

type Tools = Pick<Deps, 'db' | 'plans'>

/** The graph that a version or a run was made of. */
export function loadCompiled({ db, plans }: Tools, workspaceId: string, hash: string): Promise<Compiled | null> {
  return plans.ofHash(hash, async () => {
    const row = await db.graph.findUnique({ where: { workspaceId_hash: { workspaceId, hash } } })
    return row && (row.body as unknown as Graph)
  })
}

/** A run names its graph by hash, so the graph has to be there before the run is. */
export async function keepGraph(
  { db }: Pick<Deps, 'db'>,
  workspaceId: string,
  { hash, graph }: Compiled,
): Promise<void> {
  await db.graph.createMany({ data: [{ workspaceId, hash, body: asColumn(graph) }], skipDuplicates: true })
}
