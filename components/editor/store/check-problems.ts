import type { After } from '@/components/editor/saving/autosave'
import type { EditorStore } from '@/components/editor/store/types'
import { compile } from '@/engine/plan/compile'
import { pinProblems } from '@/engine/plan/pins'
import { specs } from '@/nodes/registry/specs'

const pauseMs = 80

/** Checks the graph shortly after each change: soon enough to help, late enough not to hinder typing. */
export function checkProblems(store: EditorStore, after: After): () => void {
  let cancel = () => {}
  const check = () => {
    const { graph, pins } = store.getState()
    store.setState({
      problems: [...compile(graph, specs).problems, ...pinProblems(graph, specs, pins)],
      isChecked: true,
    })
  }
  const unsubscribe = store.subscribe((state, before) => {
    if (state.graph === before.graph && state.pins === before.pins) return
    cancel()
    if (state.isChecked) store.setState({ isChecked: false })
    cancel = after(pauseMs, check)
  })
  check()
  return () => {
    cancel()
    unsubscribe()
  }
}
