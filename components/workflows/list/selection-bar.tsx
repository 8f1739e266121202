'use client'
import { X } from 'lucide-react'
import { IconButton } from '@/components/ui/button'
import { MoveMenu } from './move-menu'

type Props = { count: number; busy: boolean; onMove: (folderId: string | null) => void; onClear: () => void }

/** What can be done with the workflows that are chosen. */
export function SelectionBar({ count, busy, onMove, onClear }: Props) {
  return (
    <div
      role="toolbar"
      aria-label="Chosen workflows"
      className="bg-surface border-line shadow-float rounded-card sticky top-2 z-20 flex items-center gap-3 border py-1.5 pr-1.5 pl-4 text-sm"
    >
      <span role="status" className="mr-auto font-medium">
        {count} chosen
      </span>
      <MoveMenu label="Move" look="button" busy={busy} onMove={onMove} />
      <IconButton label="Choose none" onClick={onClear}>
        <X size={16} aria-hidden />
      </IconButton>
    </div>
  )
}
