'use client'
import { GitFork } from 'lucide-react'
import { useState } from 'react'
import type { NodeEntry } from '@/components/run/run-tree'
import { Button } from '@/components/ui/button'
import { ForkDialog } from './fork-dialog'

/** A new run that goes another way from this node on. */
export function NodeForkButton({ entry }: { entry: NodeEntry }) {
  const [isOpen, setOpen] = useState(false)
  const { node, path } = entry
  return (
    <>
      <Button className="justify-self-start" icon={<GitFork size={16} aria-hidden />} onClick={() => setOpen(true)}>
        Fork from here
      </Button>
      {isOpen && (
        <ForkDialog
          start={{ type: 'node', path, node }}
          title={`Fork from ${node.name ?? node.id}`}
          entry={entry}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  )
}
