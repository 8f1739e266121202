'use client'
import { useQuery } from '@tanstack/react-query'
import { Play } from 'lucide-react'
import { useState } from 'react'
import { useTRPC } from '@/components/api/trpc'
import { withGraph } from '@/components/api/with-graph'
import { Button } from '@/components/ui/button'
import { RunDialog } from './run-dialog'

type Props = {
  workflowId: string
  publishedVersion: number | null
  tone?: 'primary' | 'plain'
  size?: 'small' | 'normal'
}

/** Runs the published version, or the draft as long as there is none. */
export function RunButton({ workflowId, publishedVersion, tone = 'plain', size = 'normal' }: Props) {
  const [isOpen, setOpen] = useState(false)
  const trpc = useTRPC()
  const draft = useQuery(
    trpc.workflows.get.queryOptions(
      { id: workflowId },
      { enabled: isOpen && publishedVersion === null, select: withGraph },
    ),
  )
  const published = useQuery(
    trpc.workflows.version.queryOptions(
      { id: workflowId, version: publishedVersion ?? 1 },
      { enabled: isOpen && publishedVersion !== null, select: withGraph },
    ),
  )
  const graph = (publishedVersion === null ? draft : published).data?.graph
  return (
    <>
      <Button
        tone={tone}
        size={size}
        busy={isOpen && !graph && !draft.error && !published.error}
        icon={<Play size={16} aria-hidden />}
        onClick={() => setOpen(true)}
      >
        Run
      </Button>
      {isOpen && graph && (
        <RunDialog
          workflowId={workflowId}
          graph={graph}
          version={publishedVersion ?? 'draft'}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  )
}
