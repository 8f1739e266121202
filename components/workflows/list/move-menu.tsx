'use client'
import { Folder, FolderInput, FolderMinus, FolderPlus } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Button, IconButton } from '@/components/ui/button'
import { Popover } from '@/components/ui/popover'
import { FolderDialog } from './folder-dialog'
import { useFolders } from './use-folders'

type Props = {
  /** What is moved, in words. */
  label: string
  /** An icon alone, or with words. */
  look: 'icon' | 'button'
  /** Where they are already; undefined when they are in different places. */
  from?: string | null
  busy: boolean
  onMove: (folderId: string | null) => void
}

/** The folders to choose from, and a new one. */
export function MoveMenu({ label, look, from, busy, onMove }: Props) {
  const { folders } = useFolders()
  const [isAdding, setAdding] = useState(false)
  return (
    <>
      <Popover
        label={label}
        className="max-h-80 overflow-auto p-1"
        trigger={(wiring) =>
          look === 'icon' ? (
            <IconButton label={label} {...wiring} className="size-8!">
              <FolderInput size={16} aria-hidden />
            </IconButton>
          ) : (
            <Button size="small" icon={<FolderInput size={16} aria-hidden />} busy={busy} {...wiring}>
              {label}
            </Button>
          )
        }
      >
        {(close) => (
          <>
            {folders
              .filter(({ id }) => id !== from)
              .map(({ id, name }) => (
                <Choice key={id} icon={<Folder size={15} aria-hidden />} close={close} onPick={() => onMove(id)}>
                  {name}
                </Choice>
              ))}
            {from !== null && (
              <Choice icon={<FolderMinus size={15} aria-hidden />} close={close} onPick={() => onMove(null)}>
                Into no folder
              </Choice>
            )}
            <Choice icon={<FolderPlus size={15} aria-hidden />} close={close} onPick={() => setAdding(true)}>
              New folder…
            </Choice>
          </>
        )}
      </Popover>
      {isAdding && <FolderDialog onClose={() => setAdding(false)} onDone={({ id }) => onMove(id)} />}
    </>
  )
}

type ChoiceProps = { icon: ReactNode; close: () => void; onPick: () => void; children: ReactNode }

const Choice = ({ icon, close, onPick, children }: ChoiceProps) => (
  <button
    type="button"
    className="hover:bg-hover flex h-9 w-full items-center gap-2.5 rounded-control px-2.5 text-left text-sm"
    onClick={() => {
      close()
      onPick()
    }}
  >
    {icon}
    <span className="truncate">{children}</span>
  </button>
)
