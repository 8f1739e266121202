import type { Autosave } from '@/components/editor/saving/autosave'
import { takeOver } from '@/components/editor/saving/take-over'
import type { Transport } from '@/components/editor/saving/transport'
import type { Editor } from '@/components/editor/store/types'

export type Choice = 'mine' | 'theirs' | 'copy'

/** A person has seen both versions and chosen. Only then one of them goes on. */
export async function resolveConflict(
  editor: Pick<Editor, 'store' | 'say'>,
  choice: Choice,
  { transport, autosave }: { transport: Transport; autosave: Autosave },
): Promise<boolean> {
  const { store, say } = editor
  const { saving, graph } = store.getState()
  if (saving.status !== 'conflict') return true
  const { theirs } = saving
  if (choice === 'copy') {
    const name = `${graph.name} (my copy)`.slice(0, 200)
    if ((await transport.copy({ ...graph, name })) === null) {
      say('The copy could not be made. Nothing was changed; try again.', 'failed')
      return false
    }
    say(`Yours is kept as “${name}”.`)
  }
  if (choice === 'mine') {
    store.setState({ base: theirs, saving: { status: 'unsaved' } })
    await autosave.flush()
    return true
  }
  takeOver(store, theirs, 'Take the other version')
  autosave.keepNow()
  return true
}
