'use client'
import { BookmarkPlus, Ellipsis, Keyboard, type LucideIcon, Signpost } from 'lucide-react'
import { useEditor } from '@/components/editor/store/context'
import type { Editor } from '@/components/editor/store/types'
import { IconButton } from '@/components/ui/button'
import { Popover } from '@/components/ui/popover'

type Entry = { title: string; Icon: LucideIcon; show: Parameters<ReturnType<Editor['store']['getState']>['show']>[0] }

const entries: readonly Entry[] = [
  { title: 'Save as a template', Icon: BookmarkPlus, show: { dialog: 'template' } },
  { title: 'Take the tour', Icon: Signpost, show: { tour: 0 } },
  { title: 'Keyboard shortcuts', Icon: Keyboard, show: { dialog: 'shortcuts' } },
]

/** What one wants now and then, and help. */
export function MoreMenu() {
  const editor = useEditor()
  return (
    <Popover
      label="More and help"
      className="p-1.5"
      trigger={(wiring) => (
        <IconButton label="More and help" {...wiring}>
          <Ellipsis size={16} aria-hidden />
        </IconButton>
      )}
    >
      {(close) => (
        <ul>
          {entries.map(({ title, Icon, show }, index) => (
            <li key={title}>
              <button
                type="button"
                {...(index === 0 && { 'data-first': true })}
                className="hover:bg-hover rounded-control flex h-9 w-full items-center gap-3 px-3 text-sm focus-visible:-outline-offset-2"
                onClick={() => {
                  close()
                  editor.store.getState().show(show)
                }}
              >
                <Icon size={16} aria-hidden className="text-ink-faint" />
                {title}
              </button>
            </li>
          ))}
        </ul>
      )}
    </Popover>
  )
}
