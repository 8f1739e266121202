import { writeFileSync } from 'node:fs'
import { withClient } from '@/server/cli/client'
import type { Context } from '@/server/cli/context'

type Options = { format: string | undefined; version: string | undefined; output: string | undefined }

export async function exportWorkflowCommand(
  context: Context,
  workflow: string,
  { format = 'yaml', version, output }: Options,
): Promise<number> {
  const query = new URLSearchParams({ format, ...(version === undefined ? {} : { version }) })
  const text = await withClient(context, (client) =>
    client.text(`/workflows/${encodeURIComponent(workflow)}/export?${query}`),
  )
  if (output === undefined) context.out(text.trimEnd())
  else writeFileSync(output, text)
  return 0
}
