import { knownNames } from '@/components/editor/store/known-names'
import type { EditorState } from '@/components/editor/store/types'
import { compile } from '@/engine/plan/compile'
import { pinProblems } from '@/engine/plan/pins'
import type { Problem } from '@/engine/plan/plan'
import { specs } from '@/nodes/registry/specs'

/** What the problems of a draft depend on. */
export type Checked = Pick<EditorState, 'graph' | 'pins' | 'connections'>

export const problemsOf = ({ graph, pins, connections }: Checked): readonly Problem[] => [
  ...compile(graph, specs, connections === null ? {} : knownNames(connections)).problems,
  ...pinProblems(graph, specs, pins),
]
