'use client'
import {
  AlignCenterVertical,
  AlignHorizontalDistributeCenter,
  AlignStartHorizontal,
  AlignStartVertical,
  AlignVerticalDistributeCenter,
  Copy,
  Trash2,
  Users,
} from 'lucide-react'
import type { ReactNode } from 'react'
import { actions } from '@/components/editor/commands/actions'
import { isMac, showKeys } from '@/components/editor/commands/keys'
import { useEditor, useEditorState } from '@/components/editor/store/context'
import { IconButton } from '@/components/ui/button'

const offered: readonly (readonly [string, ReactNode])[] = [
  ['group', <Users key="group" size={16} aria-hidden />],
  ['align-left', <AlignStartVertical key="left" size={16} aria-hidden />],
  ['align-centre', <AlignCenterVertical key="centre" size={16} aria-hidden />],
  ['align-top', <AlignStartHorizontal key="top" size={16} aria-hidden />],
  ['align-columns', <AlignHorizontalDistributeCenter key="columns" size={16} aria-hidden />],
  ['align-rows', <AlignVerticalDistributeCenter key="rows" size={16} aria-hidden />],
  ['duplicate', <Copy key="duplicate" size={16} aria-hidden />],
  ['delete', <Trash2 key="delete" size={16} aria-hidden />],
]

/** What can be done with several nodes at once; there only while several are selected. */
export function SelectionBar() {
  const editor = useEditor()
  const count = useEditorState(({ selected }) => selected.size)
  if (count < 2) return null
  return (
    <div
      role="toolbar"
      aria-label="Selected nodes"
      className="bg-surface border-line shadow-float rounded-card animate-arrive absolute bottom-3 left-1/2 z-10 flex -translate-x-1/2 items-center border p-0.5"
    >
      <span className="text-ink-soft px-2.5 whitespace-nowrap tabular-nums">{count} nodes</span>
      {offered.map(([id, icon]) => {
        const action = actions.find((each) => each.id === id)
        const key = action?.keys[0]
        return (
          action && (
            <IconButton
              key={id}
              label={key === undefined ? action.title : `${action.title} (${showKeys(key, isMac())})`}
              onClick={() => action.run(editor)}
            >
              {icon}
            </IconButton>
          )
        )
      })}
    </div>
  )
}
