import type { Edge, Node } from '@xyflow/react'
import type { StoreApi } from 'zustand/vanilla'
import type { LooseEnd } from '@/components/editor/graph/connecting'
import type { Point, Size } from '@/components/editor/graph/geometry'
import type { FindProblems } from '@/components/editor/store/find-problems'
import type { Edit } from '@/engine/graph/edits'
import type { Graph, GraphEdge, GraphNode } from '@/engine/graph/schema'
import type { Pins } from '@/engine/plan/pins'
import type { Problem } from '@/engine/plan/plan'

/** One thing that a person did, with what undoes it. */
export type Step = {
  label: string
  edit: Edit
  inverse: Edit
  merge: string | null
  /** Set when it changed what is pinned. */
  pins?: { before: Pins; after: Pins }
}

export type Committed = { ok: true } | { ok: false; why: string }

export type CommitOptions = {
  /** What undo says it undoes: "Move Writer". */
  label: string
  /** Steps in a row with the same key become one (typing in one field). */
  merge?: string
  /** What is pinned from then on; left out: what was. */
  pins?: Pins
}

export type GraphSlice = {
  graph: Graph
  /** Outputs that runs of the draft take instead of running the node, by node. */
  pins: Pins
  past: readonly Step[]
  future: readonly Step[]
  /** The only way in which the graph and its pins change. A refusal changes nothing and is said to the person. */
  commit: (edit: Edit, options: CommitOptions) => Committed
  /** The next step doesn't join the last one: somebody left the field. */
  seal: () => void
  undo: () => void
  redo: () => void
}

export type SelectionSlice = {
  selected: ReadonlySet<string>
  selectedEdges: ReadonlySet<string>
  select: (nodes: Iterable<string>, edges?: Iterable<string>) => void
}

export type PortData = { name: string; known: boolean }
export type NodeData = {
  node: GraphNode
  ports: readonly PortData[]
  hasTarget: boolean
  /** How many errors and warnings there are. */
  errors: number
  warnings: number
  /** The member that leads a team. */
  leads: boolean
  /** Its output is pinned. */
  pinned: boolean
  /** Boxes: how many nodes lie directly in it. */
  inside: number
}
export type FlowNode = Node<NodeData, 'card' | 'box' | 'note'>
export type FlowEdge = Edge<{ edge: GraphEdge }, 'wire'>
export type Flow = { nodes: FlowNode[]; edges: FlowEdge[] }

export type AddPurpose = { type: 'free' } | { type: 'connect'; end: LooseEnd } | { type: 'insert'; edge: GraphEdge }

/** The menu of what is selected, where it was asked for on the screen. */
export type NodeMenu = { screen: Point }

/** The menu that asks which kind to add, where it opened on the screen and where the node goes on the canvas. */
export type AddMenu = { screen: Point; at: Point; parent: string | null; purpose: AddPurpose }

export type OpenDialog =
  | 'commands'
  | 'shortcuts'
  | 'connect'
  | 'conflict'
  | 'run'
  | 'publish'
  | 'share'
  | 'paste'
  | 'template'
  | null

export type ViewSlice = {
  flow: Flow
  menu: AddMenu | null
  nodeMenu: NodeMenu | null
  dialog: OpenDialog
  isFinding: boolean
  isPaletteOpen: boolean
  isProblemsOpen: boolean
  /** The note that is being written in. */
  writing: string | null
  isInspectorOpen: boolean
  /** The step of the tour that is shown. */
  tour: number | null
  /** What the run dialog begins with. */
  runVersion: number | 'draft'
  /** The run that is watched on the canvas. */
  runId: string | null
  /** The field of the selected node that the inspector should go to, from the list of problems. */
  wantedField: { node: string; field: string } | null
  /** The node that the inspector should show how to run alone. */
  wantedAlone: string | null
  show: (view: Partial<Omit<ViewSlice, 'flow' | 'show' | 'setFlow'>>) => void
  setFlow: (change: (flow: Flow) => Flow) => void
}

export type ProblemsSlice = {
  problems: readonly Problem[]
  /** Is this about the graph as it is now? */
  isChecked: boolean
  /** The names of the connections of this workspace; null until they have been read. */
  connections: readonly string[] | null
  /** The newest version there is to run; null: none yet. */
  published: number | null
}

export type DragSlice = {
  /** The box that what is being dragged would land in; undefined: nothing is being dragged. */
  over: string | null | undefined
  /** Why it can't land there. */
  overRefused: boolean
  overEdge: string | null
  connecting: (LooseEnd & { valid: ReadonlySet<string> }) | null
  setDrag: (drag: Partial<Omit<DragSlice, 'setDrag'>>) => void
}

export type Base = { revision: number; graph: Graph; pins: Pins }

export type Saving =
  | { status: 'saved' }
  | { status: 'unsaved' }
  | { status: 'saving' }
  | { status: 'offline' }
  | { status: 'refused'; why: string }
  | { status: 'conflict'; theirs: Base }

export type SavingSlice = {
  /** What the server is known to have. */
  base: Base
  saving: Saving
}

export type EditorState = GraphSlice & SelectionSlice & ViewSlice & ProblemsSlice & DragSlice & SavingSlice
export type EditorStore = StoreApi<EditorState>

/** What actions need of the canvas that is on the screen. */
export type CanvasView = {
  fit: (nodes?: readonly string[]) => void
  /** From the screen to the canvas. */
  toCanvas: (screen: Point) => Point
  toScreen: (at: Point) => Point
  /** The middle of what can be seen. */
  middle: () => Point
  size: () => Size
  /** Where the pointer was last, if it is over the canvas. */
  pointer: () => Point | null
  /** Moves as little as it takes to see the node. */
  reveal: (id: string) => void
  focusNode: (id: string) => void
  focus: () => void
  zoom: (direction: 'in' | 'out') => void
  zoomLevel: () => number
}

/** What screens ask of saving. */
export type Saver = {
  /** Sends what isn't saved yet; true when the server has everything. */
  flush: () => Promise<boolean>
  resolve: (choice: 'mine' | 'theirs' | 'copy') => Promise<boolean>
}

export type Editor = {
  workflowId: string
  store: EditorStore
  /** The canvas on the screen; null while there is none. */
  canvas: { current: CanvasView | null }
  saver: Saver
  findProblems: FindProblems
  /** Says something to the person that is no part of the canvas. */
  say: (text: string, tone?: 'done' | 'failed') => void
}
