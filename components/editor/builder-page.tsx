'use client'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { isSignedOut } from '@/components/api/problem'
import { useTRPC, useTRPCClient } from '@/components/api/trpc'
import { withGraph } from '@/components/api/with-graph'
import { Builder } from '@/components/editor/builder'
import { type OpenedEditor, openEditor } from '@/components/editor/open-editor'
import { Pinned } from '@/components/editor/saving/kept-drafts'
import { trpcTransport } from '@/components/editor/saving/transport'
import type { Base } from '@/components/editor/store/types'
import { QueryView } from '@/components/shell/query-view'
import { SignedOut } from '@/components/shell/signed-out'

/** One workflow, open for building. */
export function BuilderPage({ id }: { id: string }) {
  const trpc = useTRPC()
  // The draft is read once: from then on the page holds it, and saving says when somebody else changed it.
  const workflow = useQuery(
    trpc.workflows.get.queryOptions(
      { id },
      { select: withGraph, staleTime: 0, gcTime: 0, refetchOnWindowFocus: false },
    ),
  )
  if (workflow.error && isSignedOut(workflow.error)) return <SignedOut />
  return (
    <div className="h-dvh">
      <QueryView
        query={workflow}
        loading={<Waiting />}
        missing={{ title: 'There is no such workflow', href: '/', link: 'To the workflows' }}
      >
        {({ revision, graph, pins }) => <OpenWorkflow id={id} base={{ revision, graph, pins: Pinned.parse(pins) }} />}
      </QueryView>
    </div>
  )
}

function OpenWorkflow({ id, base }: { id: string; base: Base }) {
  const client = useTRPCClient()
  const [opened, setOpened] = useState<OpenedEditor | null>(null)
  const [first] = useState(base)
  useEffect(() => {
    let isClosed = false
    let close = () => {}
    void openEditor({
      workflowId: id,
      base: first,
      transport: trpcTransport(client, id),
    }).then((editor) => {
      if (isClosed) return editor.close()
      close = editor.close
      setOpened(editor)
    })
    return () => {
      isClosed = true
      close()
    }
  }, [client, id, first])
  return opened === null ? <Waiting /> : <Builder editor={opened.editor} />
}

/** In the measures of the builder, so that nothing jumps. */
const Waiting = () => (
  <div role="status" className="grid h-dvh grid-rows-[48px_1fr]">
    <span className="sr-only">Loading</span>
    <div className="bg-surface border-line border-b" />
    <div className="bg-page" />
  </div>
)
