import { withClient } from '@/server/cli/client'
import type { Context } from '@/server/cli/context'
import { checkFile, problemLine, readText } from '@/server/cli/graph-file'
import type { WorkflowDetail } from '@/server/workflows/workflow-view'

/** A draft may have problems; they are told, and only keep it from being published. */
export async function importFile(context: Context, file: string, { publish }: { publish: boolean }): Promise<number> {
  for (const problem of checkFile(file).problems) context.err(problemLine(problem))
  return withClient(context, async (client) => {
    const made = await client.call<WorkflowDetail>('POST', '/workflows/import', { text: readText(file) })
    if (publish) await client.call('POST', `/workflows/${made.id}/publish`)
    context.out(made.id)
    context.err(
      `${publish ? 'Published' : 'Imported'} as ${made.slug}  ${new URL(`/workflows/${made.id}`, client.address).href}`,
    )
    return 0
  })
}
