'use client'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { isSignedOut } from '@/components/api/problem'
import { useTRPC, useTRPCClient } from '@/components/api/trpc'
import { withGraph } from '@/components/api/with-graph'
import { Builder } from '@/components/editor/builder'
import { type OpenedEditor, openEditor } from '@/components/editor/open-editor'
import { Kept, Pinned } from '@/components/editor/saving/kept-drafts'
import { hasLeft, isLeaving } from '@/components/editor/saving/leaving'
import { holdTab } from '@/components/editor/saving/tabs'
import { trpcTransport } from '@/components/editor/saving/transport'
import type { Base } from '@/components/editor/store/types'
import { QueryView } from '@/components/shell/query-view'
import { SignedOut } from '@/components/shell/signed-out'
import type { OpenedDraft } from '@/server/in-process'

// Asked for while the page is still being put together; to open a workflow waits for it.
if (typeof window !== 'undefined') void holdTab()

/** One workflow, open for building. */
export function BuilderPage({ id, draft }: { id: string; draft: OpenedDraft | null }) {
  const base = useFirstTime(id, draft)
  return (
    <div className="fills-screen relative h-dvh overflow-hidden">
      {base === null ? <AskedFor id={id} /> : <OpenWorkflow id={id} base={base} />}
    </div>
  )
}

const seen = new WeakSet<OpenedDraft>()

/** What the page was sent with holds for once: on the way back to a page that Next remembers it is an old draft. */
function useFirstTime(id: string, draft: OpenedDraft | null): Base | null {
  const [base] = useState(() => {
    const isOld = draft === null || seen.has(draft) || isLeaving(id)
    return isOld ? null : Kept.parse(JSON.parse(draft.text))
  })
  useEffect(() => {
    if (draft !== null) seen.add(draft)
  }, [draft])
  return base
}

/** Back at once after it was left: what was typed last comes first. */
function useHasLeft(id: string): boolean {
  const [isSettled, setSettled] = useState(() => !isLeaving(id))
  useEffect(() => {
    void hasLeft(id).then(() => setSettled(true))
  }, [id])
  return isSettled
}

/** A workflow that did not come with its page. */
function AskedFor({ id }: { id: string }) {
  const trpc = useTRPC()
  const isSettled = useHasLeft(id)
  // The draft is read once: from then on the page holds it, and saving says when somebody else changed it.
  const workflow = useQuery(
    trpc.workflows.get.queryOptions(
      { id },
      { select: withGraph, enabled: isSettled, staleTime: 0, gcTime: 0, refetchOnWindowFocus: false },
    ),
  )
  if (workflow.error && isSignedOut(workflow.error)) return <SignedOut />
  return (
    <QueryView
      query={workflow}
      loading={<Waiting />}
      missing={{ title: 'There is no such workflow', href: '/', link: 'To the workflows' }}
    >
      {({ revision, graph, pins }) => <OpenWorkflow id={id} base={{ revision, graph, pins: Pinned.parse(pins) }} />}
    </QueryView>
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
