import type { After } from '@/components/editor/saving/autosave'
import type { EditorState, EditorStore } from '@/components/editor/store/types'
import { compile } from '@/engine/plan/compile'
import { pinProblems } from '@/engine/plan/pins'
import type { Problem } from '@/engine/plan/plan'
import { specs } from '@/nodes/registry/specs'

const pauseMs = 80
/** Half a word is no mistake: what is wrong while somebody types is said only when they stop. */
const patienceMs = 700

export const problemsOf = ({
  graph,
  pins,
  known,
}: Pick<EditorState, 'graph' | 'pins' | 'known'>): readonly Problem[] => [
  ...compile(graph, specs, known).problems,
  ...pinProblems(graph, specs, pins),
]

/** Checks the graph shortly after each change. What was mended is gone at once, what is new waits for a pause. */
export function checkProblems(store: EditorStore, after: After): () => void {
  let cancel = () => {}
  const check = () => {
    const found = problemsOf(store.getState())
    const before = new Set(store.getState().problems.map(keyOf))
    const old = found.filter((problem) => before.has(keyOf(problem)))
    store.setState({ problems: old, isChecked: true })
    if (old.length < found.length) cancel = after(patienceMs, () => store.setState({ problems: found }))
  }
  const unsubscribe = store.subscribe((state, before) => {
    if (state.graph === before.graph && state.pins === before.pins && state.known === before.known) return
    cancel()
    if (state.isChecked) store.setState({ isChecked: false })
    cancel = after(pauseMs, check)
  })
  store.setState((state) => ({ problems: problemsOf(state), isChecked: true }))
  return () => {
    cancel()
    unsubscribe()
  }
}

const keyOf = ({ code, path, nodeId, field }: Problem): string => [code, path, nodeId, field].join(' ')
