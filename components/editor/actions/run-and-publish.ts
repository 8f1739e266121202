import { problemsOf } from '@/components/editor/store/check-problems'
import type { Editor } from '@/components/editor/store/types'
import { plural } from '@/components/ui/format'

/** A draft that can't run yet is no reason not to run the version before it. */
export async function run(editor: Editor): Promise<void> {
  const state = editor.store.getState()
  if (state.published !== null && problemsOf(state).some(({ severity }) => severity === 'error'))
    return state.show({ dialog: 'run', runVersion: state.published })
  if (await isReady(editor, 'it can run')) editor.store.getState().show({ dialog: 'run', runVersion: 'draft' })
}

export async function publish(editor: Editor): Promise<void> {
  if (await isReady(editor, 'it can be published')) editor.store.getState().show({ dialog: 'publish' })
}

/** What runs is what the server has: everything is saved first, and what is missing is said. */
export async function isReady(editor: Editor, purpose: string): Promise<boolean> {
  const { show } = editor.store.getState()
  const { say } = editor
  const problems = problemsOf(editor.store.getState())
  const errors = problems.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) {
    editor.store.setState({ problems })
    show({ isProblemsOpen: true })
    say(
      `There ${errors.length === 1 ? 'is' : 'are'} ${plural(errors.length, 'problem')} to mend before ${purpose}.`,
      'failed',
    )
    return false
  }
  if (await editor.saver.flush()) return true
  const { status } = editor.store.getState().saving
  if (status === 'conflict') show({ dialog: 'conflict' })
  else say('The draft could not be saved, and only what is saved can run. It is kept in this browser.', 'failed')
  return false
}
