import type { StateCreator } from 'zustand/vanilla'
import type {
  Base,
  DragSlice,
  EditorState,
  ProblemsSlice,
  SavingSlice,
  SelectionSlice,
  ViewSlice,
} from '@/components/editor/store/types'

type Slice<T> = StateCreator<EditorState, [], [], T>

export const selectionSlice: Slice<SelectionSlice> = (set, get) => ({
  selected: new Set(),
  selectedEdges: new Set(),
  select: (nodes, edges = []) => {
    const next = new Set(nodes)
    const nextEdges = new Set(edges)
    const { selected, selectedEdges } = get()
    if (isSame(next, selected) && isSame(nextEdges, selectedEdges)) return
    set({ selected: next, selectedEdges: nextEdges })
  },
})

const isSame = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a.size === b.size && [...a].every((each) => b.has(each))

export const viewSlice: Slice<ViewSlice> = (set) => ({
  flow: { nodes: [], edges: [] },
  menu: null,
  nodeMenu: null,
  dialog: null,
  isFinding: false,
  isPaletteOpen: true,
  isProblemsOpen: false,
  writing: null,
  isInspectorOpen: true,
  tour: null,
  runVersion: 'draft',
  runId: null,
  wantedField: null,
  wantedAlone: null,
  show: (view) => set(view),
  setFlow: (change) => set(({ flow }) => ({ flow: change(flow) })),
})

export const problemsSlice: Slice<ProblemsSlice> = () => ({
  problems: [],
  isChecked: false,
  connections: null,
  published: null,
})

export const dragSlice: Slice<DragSlice> = (set, get) => ({
  over: undefined,
  overRefused: false,
  overEdge: null,
  connecting: null,
  setDrag: (drag) => {
    const now = get()
    const isNew = Object.entries(drag).some(([key, value]) => now[key as keyof typeof drag] !== value)
    if (isNew) set(drag)
  },
})

export const savingSlice =
  (base: Base): Slice<SavingSlice> =>
  () => ({ base, saving: { status: 'saved' } })
