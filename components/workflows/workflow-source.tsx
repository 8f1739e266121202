'use client'
import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '@/components/api/trpc'
import { QueryView } from '@/components/shell/query-view'
import { CopyButton } from '@/components/ui/copy-button'
import { CodeBlock } from '@/components/ui/markdown'
import { Panel, PanelHeading } from '@/components/ui/panel'

/** The draft as it would be in a file. */
export function WorkflowSource({ id, revision }: { id: string; revision: number }) {
  const trpc = useTRPC()
  const file = useQuery(trpc.workflows.export.queryOptions({ id, format: 'yaml' }))
  return (
    <QueryView query={file}>
      {({ name, text }) => (
        <Panel>
          <PanelHeading title={name} note={`revision ${revision}`} actions={<CopyButton text={text} />} />
          <CodeBlock text={text} className="max-h-[70dvh] rounded-t-none border-0" />
        </Panel>
      )}
    </QueryView>
  )
}
