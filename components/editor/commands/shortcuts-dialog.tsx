'use client'
import { actions } from '@/components/editor/commands/actions'
import { isMac, showKeys } from '@/components/editor/commands/keys'
import { Dialog } from '@/components/ui/dialog'

type Line = { title: string; keys: readonly string[] }

/** What the browser or React Flow hears without us. */
const more: { readonly [group: string]: readonly Line[] } = {
  Edit: [
    { title: 'Copy, cut, paste', keys: ['Mod+C', 'Mod+X', 'Mod+V'] },
    { title: 'Select several, or a region', keys: ['Shift'] },
  ],
  Keyboard: [{ title: 'To the next node, the one before', keys: ['Tab', 'Shift+Tab'] }],
}

const groups = ['Edit', 'Arrange', 'View', 'Workflow', 'Keyboard'] as const

export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const mac = isMac()
  return (
    <Dialog open wide title="Keyboard shortcuts" onClose={onClose}>
      <div className="gap-8 text-sm sm:columns-2">
        {groups.map((group) => (
          <section key={group} className="mb-4 break-inside-avoid">
            <h3 className="text-ink-faint pb-1 text-xs font-medium">{group}</h3>
            <dl>
              {linesOf(group).map(({ title, keys }) => (
                <div key={title} className="border-line flex items-center justify-between gap-3 border-b py-1.5">
                  <dt>{title}</dt>
                  <dd className="flex gap-1">
                    {keys.map((key) => (
                      <kbd
                        key={key}
                        className="bg-sunken border-line rounded border px-1.5 font-sans text-xs leading-5 whitespace-nowrap"
                      >
                        {showKeys(key, mac)}
                      </kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}

const arrows: readonly Line[] = [
  { title: 'Move what is selected', keys: ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'] },
  { title: 'Move it further', keys: ['Shift+ArrowRight'] },
]

function linesOf(group: (typeof groups)[number]): readonly Line[] {
  const isArrow = (id: string) => id.startsWith('nudge-') || id.startsWith('push-')
  const own = actions.filter((action) => action.group === group && action.keys.length > 0 && !isArrow(action.id))
  return [...own, ...(more[group] ?? []), ...(group === 'Keyboard' ? arrows : [])]
}
