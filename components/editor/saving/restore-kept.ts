import { isSameDraft } from '@/components/editor/saving/autosave'
import type { FoundDraft } from '@/components/editor/saving/kept-drafts'
import { become } from '@/components/editor/saving/take-over'
import type { EditorStore } from '@/components/editor/store/types'

/** Work that was never saved comes back: on what it was made from, or as a conflict to decide. */
export function restoreKept(store: EditorStore, found: readonly FoundDraft[], keepNow: () => void): void {
  for (const { draft, drop } of found) {
    const { base } = store.getState()
    if (isSameDraft(draft, base)) {
      drop()
      continue
    }
    // Several of them: the first is decided now, the others when the page is opened again.
    become(store, draft, 'Restore unsaved work')
    if (draft.revision !== base.revision) store.setState({ saving: { status: 'conflict', theirs: base } })
    // From here on this tab keeps it under its own name.
    drop()
    keepNow()
    return
  }
}
