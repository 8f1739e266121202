import type { Editor } from '@/components/editor/store/types'
import { plural } from '@/components/ui/format'

/** A draft that can't run yet is no reason not to run the version before it. */
export async function run(editor: Editor): Promise<void> {
  const state = editor.store.getState()
  if (state.published !== null && (await editor.findProblems(state)).some(({ severity }) => severity === 'error'))
    return state.show({ dialog: 'run', runVersion: state.published })
  if (await isReady(editor, 'run')) editor.store.getState().show({ dialog: 'run', runVersion: 'draft' })
}

export async function publish(editor: Editor): Promise<void> {
  if (await isReady(editor, 'publish')) editor.store.getState().show({ dialog: 'publish' })
}

/** What others see is what the server has; a workflow need not be ready to run in order to be looked at. */
export async function share(editor: Editor): Promise<void> {
  if (await isSaved(editor, 'shared')) editor.store.getState().show({ dialog: 'share' })
}

const words = { run: 'it can run', publish: 'it can be published' } as const

/** What runs is what the server has: everything is saved first, and what is missing is said. */
export async function isReady(editor: Editor, purpose: keyof typeof words): Promise<boolean> {
  const { show } = editor.store.getState()
  const problems = await editor.findProblems(editor.store.getState())
  // Versions know no pins: one that does not fit is no reason not to publish.
  const counted = purpose === 'run' ? problems : problems.filter(({ code }) => code !== 'pin_misfit')
  const errors = counted.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) {
    editor.store.setState({ problems })
    show({ isProblemsOpen: true })
    editor.say(
      `There ${errors.length === 1 ? 'is' : 'are'} ${plural(errors.length, 'problem')} to mend before ${words[purpose]}.`,
      'failed',
    )
    return false
  }
  return isSaved(editor, 'run')
}

async function isSaved({ saver, store, say }: Editor, purpose: 'run' | 'shared'): Promise<boolean> {
  if (await saver.flush()) return true
  const { saving, show } = store.getState()
  if (saving.status === 'conflict') show({ dialog: 'conflict' })
  else {
    const can = purpose === 'run' ? 'can run' : 'can be shared'
    say(`The draft could not be saved, and only what is saved ${can}. It is kept in this browser.`, 'failed')
  }
  return false
}
