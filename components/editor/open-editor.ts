import { type Autosave, isSaved, startAutosave } from '@/components/editor/saving/autosave'
import { keptDrafts, leftBehind } from '@/components/editor/saving/kept-drafts'
import { leaveWith } from '@/components/editor/saving/leaving'
import { resolveConflict } from '@/components/editor/saving/resolve-conflict'
import { restoreKept } from '@/components/editor/saving/restore-kept'
import { holdTab, openTabs } from '@/components/editor/saving/tabs'
import type { Transport } from '@/components/editor/saving/transport'
import { checkProblems } from '@/components/editor/store/check-problems'
import { createEditorStore } from '@/components/editor/store/editor-store'
import { findInWorker } from '@/components/editor/store/find-problems'
import type { Base, Editor } from '@/components/editor/store/types'
import { toastDone, toastFailed } from '@/components/ui/toast'

type Opening = { workflowId: string; base: Base; transport: Transport }
export type OpenedEditor = { editor: Editor; close: () => void }

const after = (ms: number, then: () => void): (() => void) => {
  const timer = setTimeout(then, ms)
  return () => clearTimeout(timer)
}

/** Everything that lives as long as a workflow is open on the page. */
export async function openEditor({ workflowId, base, transport }: Opening): Promise<OpenedEditor> {
  const tab = await holdTab()
  const found = await leftBehind(localStorage, workflowId, () => openTabs(tab))
  const store = createEditorStore(base)
  store.getState().show({ isPaletteOpen: window.innerWidth >= 1200 })
  const channel = new BroadcastChannel(`baton.workflow.${workflowId}`)
  const autosave = startAutosave({
    store,
    transport,
    after,
    kept: keptDrafts(localStorage, workflowId, tab),
    onSaved: () => channel.postMessage('saved'),
    onReplaced: () =>
      toastFailed('Another draft was saved elsewhere and is shown now. Undo brings back what you had here.'),
  })
  const problems = findInWorker()
  const stopChecking = checkProblems(store, { after, find: problems.find })
  restoreKept(store, found, autosave.keepNow)
  const stopListening = listen(store, autosave, channel)
  const say: Editor['say'] = (text, tone = 'done') => (tone === 'failed' ? toastFailed(text) : toastDone(text))
  const editor: Editor = {
    workflowId,
    store,
    canvas: { current: null },
    say,
    findProblems: problems.find,
    saver: {
      flush: async () => {
        await autosave.flush()
        return store.getState().saving.status === 'saved'
      },
      resolve: (choice) => resolveConflict({ store, say }, choice, { transport, autosave }),
    },
  }
  const close = () => {
    stopListening()
    stopChecking()
    problems.close()
    autosave.keepNow()
    // Other tabs are told of what is saved last.
    leaveWith(
      workflowId,
      autosave.flush().finally(() => channel.close()),
    )
    autosave.stop()
  }
  return { editor, close }
}

function listen(store: Editor['store'], autosave: Autosave, channel: BroadcastChannel): () => void {
  const refresh = () => void autosave.refresh()
  const flush = () => void autosave.flush()
  const onVisible = () => document.visibilityState === 'visible' && refresh()
  const onLeave = (event: BeforeUnloadEvent) => {
    if (isSaved(store.getState())) return
    autosave.keepNow()
    flush()
    event.preventDefault()
  }
  channel.addEventListener('message', refresh)
  window.addEventListener('online', flush)
  document.addEventListener('visibilitychange', onVisible)
  window.addEventListener('beforeunload', onLeave)
  window.addEventListener('pagehide', autosave.keepNow)
  return () => {
    channel.removeEventListener('message', refresh)
    window.removeEventListener('online', flush)
    document.removeEventListener('visibilitychange', onVisible)
    window.removeEventListener('beforeunload', onLeave)
    window.removeEventListener('pagehide', autosave.keepNow)
  }
}
