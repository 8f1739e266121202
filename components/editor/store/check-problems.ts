import type { After } from '@/components/editor/saving/autosave'
import type { FindProblems } from '@/components/editor/store/find-problems'
import type { EditorState, EditorStore } from '@/components/editor/store/types'
import type { Problem } from '@/engine/plan/plan'

const pauseMs = 80
/** Half a word is no mistake: what is wrong while somebody types is said only when they stop. */
const patienceMs = 700

type Tools = { after: After; find: FindProblems }

/** Checks the graph shortly after each change. What was mended is gone at once, what is new waits for a pause. */
export function checkProblems(store: EditorStore, { after, find }: Tools): () => void {
  let cancel = () => {}
  let isFirst = true
  const check = async () => {
    const checked = store.getState()
    const found = await find(checked)
    if (isOther(store.getState(), checked)) return
    const before = new Set(store.getState().problems.map(keyOf))
    // Nobody has typed yet when a workflow is opened.
    const old = isFirst ? found : found.filter((problem) => before.has(keyOf(problem)))
    isFirst = false
    store.setState({ problems: old, isChecked: true })
    if (old.length < found.length) cancel = after(patienceMs, () => store.setState({ problems: found }))
  }
  const checkSoon = () => {
    cancel()
    cancel = after(pauseMs, () => void check())
  }
  const unsubscribe = store.subscribe((state, before) => {
    if (!isOther(state, before)) return
    if (state.isChecked) store.setState({ isChecked: false })
    checkSoon()
  })
  checkSoon()
  return () => {
    cancel()
    unsubscribe()
  }
}

const isOther = (state: EditorState, before: EditorState): boolean =>
  state.graph !== before.graph || state.pins !== before.pins || state.connections !== before.connections

const keyOf = ({ code, path, nodeId, field }: Problem): string => [code, path, nodeId, field].join(' ')
