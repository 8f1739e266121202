import type { Editor } from '@/components/editor/store/types'
import { plural } from '@/components/ui/format'
import { compile } from '@/engine/plan/compile'
import { pinProblems } from '@/engine/plan/pins'
import type { Problem } from '@/engine/plan/plan'
import { specs } from '@/nodes/registry/specs'

export async function run(editor: Editor): Promise<void> {
  const { graph, pins } = editor.store.getState()
  if (await isReady(editor, 'it can run', pinProblems(graph, specs, pins)))
    editor.store.getState().show({ dialog: 'run', runVersion: 'draft' })
}

export async function publish(editor: Editor): Promise<void> {
  if (await isReady(editor, 'it can be published')) editor.store.getState().show({ dialog: 'publish' })
}

/** What runs is what the server has: everything is saved first, and what is missing is said. */
export async function isReady(editor: Editor, purpose: string, others: readonly Problem[] = []): Promise<boolean> {
  const { graph, show, say } = { ...editor.store.getState(), say: editor.say }
  const { problems } = compile(graph, specs)
  const errors = [...problems, ...others].filter(({ severity }) => severity === 'error')
  if (errors.length > 0) {
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
