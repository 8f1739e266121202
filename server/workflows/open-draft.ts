import type { OpenedDraft } from '@/server/in-process'
import { type Credentials, resolveActor } from '@/server/people/resolve-actor'
import type { Deps } from '@/server/use-case'
import { findWorkflow } from '@/server/workflows/find-workflow'
import { graphOut } from '@/server/workflows/workflow-view'

/**
 * The draft as the page of the builder is sent with it: a graph that has to be asked for later is drawn later. Null when
 * there is none for whoever asks, or it can't be read now: the page then asks by itself and says what is the matter.
 */
export async function openDraft(deps: Deps, { cookie }: Credentials, id: string): Promise<OpenedDraft | null> {
  try {
    const identity = await resolveActor(deps, { cookie })
    const row = identity && (await findWorkflow(deps, identity.actor, id))
    if (!row) return null
    return { text: JSON.stringify({ revision: row.revision, graph: graphOut(row.draft), pins: row.pins }) }
  } catch {
    return null
  }
}
