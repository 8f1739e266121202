import type { Editor } from '@/components/editor/store/types'
import { plural } from '@/components/ui/format'
import { compile } from '@/engine/plan/compile'
import { specs } from '@/nodes/registry/specs'

export const run = (editor: Editor): Promise<void> => open(editor, 'run', 'it can run')
export const publish = (editor: Editor): Promise<void> => open(editor, 'publish', 'it can be published')

/** What runs is what the server has: everything is saved first, and what is missing is said. */
async function open(editor: Editor, dialog: 'run' | 'publish', purpose: string): Promise<void> {
  const { graph, show, say } = { ...editor.store.getState(), say: editor.say }
  const { problems } = compile(graph, specs)
  const errors = problems.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) {
    show({ isProblemsOpen: true })
    return say(
      `There ${errors.length === 1 ? 'is' : 'are'} ${plural(errors.length, 'problem')} to mend before ${purpose}.`,
      'failed',
    )
  }
  if (await editor.saver.flush()) return show({ dialog })
  const { status } = editor.store.getState().saving
  if (status === 'conflict') return show({ dialog: 'conflict' })
  say('The draft could not be saved, and only what is saved can run. It is kept in this browser.', 'failed')
}
