'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Ellipsis, FolderPlus, Pencil, Trash2 } from 'lucide-react'
import { type DragEvent, useState } from 'react'
import { useTRPC } from '@/components/api/trpc'
import { Button, IconButton } from '@/components/ui/button'
import { cx } from '@/components/ui/cx'
import { Dialog, DialogActions } from '@/components/ui/dialog'
import { Popover } from '@/components/ui/popover'
import { toastDone } from '@/components/ui/toast'
import type { FolderView } from '@/server/folders/folder-view'
import { droppedWorkflows, isWorkflowDrag } from './drag-workflows'
import { FolderDialog } from './folder-dialog'
import { refresh, useFolders } from './use-folders'
import type { FolderChoice } from './use-workflow-list'

type Props = {
  chosen: FolderChoice
  onChoose: (folder: FolderChoice) => void
  onDrop: (workflowIds: readonly string[], folderId: string | null) => void
}

/** At the left; on a phone a row that can be pushed sideways. Workflows can be dropped on each. */
export function FolderSide({ chosen, onChoose, onDrop }: Props) {
  const { folders, withoutFolder } = useFolders()
  const [isAdding, setAdding] = useState(false)
  const all = folders.reduce((sum, { workflows }) => sum + workflows, withoutFolder)
  return (
    <nav aria-label="Folders" className="-mx-4 overflow-x-auto px-4 md:sticky md:top-7 md:mx-0 md:px-0">
      <ul className="flex gap-1 pb-1 md:grid md:grid-cols-[minmax(0,1fr)] md:pb-0">
        <Entry title="All" count={all} isChosen={chosen === null} onChoose={() => onChoose(null)} />
        {folders.map((folder) => (
          <Entry
            key={folder.id}
            title={folder.name}
            count={folder.workflows}
            isChosen={chosen === folder.id}
            onChoose={() => onChoose(folder.id)}
            onDrop={(ids) => onDrop(ids, folder.id)}
            menu={<FolderMenu folder={folder} onDeleted={() => chosen === folder.id && onChoose(null)} />}
          />
        ))}
        <Entry
          title="In no folder"
          count={withoutFolder}
          isChosen={chosen === 'none'}
          onChoose={() => onChoose('none')}
          onDrop={(ids) => onDrop(ids, null)}
        />
        <li>
          <Button
            tone="quiet"
            icon={<FolderPlus size={16} aria-hidden />}
            onClick={() => setAdding(true)}
            className="w-full justify-start! px-3!"
          >
            New folder
          </Button>
        </li>
      </ul>
      {isAdding && <FolderDialog onClose={() => setAdding(false)} onDone={({ id }) => onChoose(id)} />}
    </nav>
  )
}

/** As long as there is none, folders take no room. */
export function FirstFolder({ onMade }: { onMade: (folder: string) => void }) {
  const [isAdding, setAdding] = useState(false)
  return (
    <>
      <IconButton label="New folder" onClick={() => setAdding(true)}>
        <FolderPlus size={16} aria-hidden />
      </IconButton>
      {isAdding && <FolderDialog onClose={() => setAdding(false)} onDone={({ id }) => onMade(id)} />}
    </>
  )
}

type EntryProps = {
  title: string
  count: number
  isChosen: boolean
  onChoose: () => void
  onDrop?: (ids: readonly string[]) => void
  menu?: React.ReactNode
}

function Entry({ title, count, isChosen, onChoose, onDrop, menu }: EntryProps) {
  const [isOver, setOver] = useState(false)
  const over = (event: DragEvent) => {
    if (!onDrop || !isWorkflowDrag(event)) return
    event.preventDefault()
    setOver(true)
  }
  const drop = (event: DragEvent) => {
    setOver(false)
    const ids = droppedWorkflows(event)
    if (ids.length === 0) return
    event.preventDefault()
    onDrop?.(ids)
  }
  return (
    <li
      onDragOver={over}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={cx(
        'group flex items-center rounded-control transition-colors',
        isChosen ? 'bg-accent-tint' : 'hover:bg-hover',
        isOver && 'outline-accent outline-2 -outline-offset-2',
      )}
    >
      <button
        type="button"
        aria-pressed={isChosen}
        onClick={onChoose}
        className={cx(
          'flex h-9 min-w-0 flex-1 items-center justify-between gap-3 rounded-control px-3 text-sm whitespace-nowrap focus-visible:-outline-offset-2',
          isChosen ? 'text-accent font-medium' : 'text-ink-soft hover:text-ink',
        )}
      >
        <span className="max-w-44 min-w-0 truncate text-left md:max-w-none">{title}</span>
        <span className={cx('shrink-0 text-xs', !isChosen && 'text-ink-faint')}>{count}</span>
      </button>
      {menu}
    </li>
  )
}

const item = 'hover:bg-hover flex h-9 w-full items-center gap-2.5 rounded-control px-2.5 text-left text-sm'

function FolderMenu({ folder, onDeleted }: { folder: FolderView; onDeleted: () => void }) {
  const [dialog, setDialog] = useState<'rename' | 'delete' | null>(null)
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const remove = useMutation(
    trpc.folders.delete.mutationOptions({
      onSuccess: () => {
        toastDone(`The folder ${folder.name} is deleted.`)
        onDeleted()
        refresh(queryClient, trpc)
      },
    }),
  )
  return (
    <>
      <Popover
        label={`Menu of ${folder.name}`}
        className="p-1"
        trigger={(wiring) => (
          <IconButton
            label={`Menu of ${folder.name}`}
            {...wiring}
            className="size-8! opacity-60 group-hover:opacity-100 focus-visible:opacity-100"
          >
            <Ellipsis size={16} aria-hidden />
          </IconButton>
        )}
      >
        {(close) => (
          <>
            <button
              type="button"
              data-first
              className={item}
              onClick={() => {
                close()
                setDialog('rename')
              }}
            >
              <Pencil size={15} aria-hidden /> Rename
            </button>
            <button
              type="button"
              className={cx(item, 'text-failed')}
              onClick={() => {
                close()
                setDialog('delete')
              }}
            >
              <Trash2 size={15} aria-hidden /> Delete
            </button>
          </>
        )}
      </Popover>
      {dialog === 'rename' && <FolderDialog folder={folder} onClose={() => setDialog(null)} />}
      <Dialog open={dialog === 'delete'} title={`Delete the folder ${folder.name}?`} onClose={() => setDialog(null)}>
        <p className="text-ink-soft text-sm">The workflows in it stay. They are in no folder then.</p>
        <DialogActions>
          <Button onClick={() => setDialog(null)}>Keep it</Button>
          <Button tone="danger" busy={remove.isPending} onClick={() => remove.mutate({ id: folder.id })}>
            Delete
          </Button>
        </DialogActions>
      </Dialog>
    </>
  )
}
