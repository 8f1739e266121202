import { duplicateSelection } from '@/components/editor/actions/add-piece'
import { groupIntoTeam } from '@/components/editor/actions/group-into-team'
import { type Direction, step } from '@/components/editor/actions/navigate'
import { openNode } from '@/components/editor/actions/open-node'
import { canRunSelectedAlone, openAlone } from '@/components/editor/actions/run-alone'
import { publish, run, share } from '@/components/editor/actions/run-and-publish'
import { type Alignment, align, deleteSelection, nudge, selectAll } from '@/components/editor/actions/selection'
import { openAddMenu, openInsertMenu } from '@/components/editor/commands/open-add-menu'
import { arrange } from '@/components/editor/layout/arrange'
import type { Editor } from '@/components/editor/store/types'

export type Action = {
  id: string
  title: string
  group: 'Edit' | 'Arrange' | 'View' | 'Workflow' | 'Keyboard'
  /** `Mod` is Ctrl, on a Mac Cmd. The first one is shown. */
  keys: readonly string[]
  run: (editor: Editor) => void
  /** Left out: it is always there. */
  isOffered?: (editor: Editor) => boolean
  /** Left out of the command palette: it only makes sense as a key. */
  keyOnly?: true
}

const show = (view: Parameters<ReturnType<Editor['store']['getState']>['show']>[0]) => (editor: Editor) =>
  editor.store.getState().show(view)

const aligning = (how: Alignment, title: string): Action => ({
  id: `align-${how}`,
  title,
  group: 'Arrange',
  keys: [],
  run: (editor) => align(editor, how),
})

const moving = (key: string, x: number, y: number): Action[] => [
  {
    id: `nudge-${key}`,
    title: `Move by a little (${key})`,
    group: 'Keyboard',
    keys: [key],
    keyOnly: true,
    run: (editor) => nudge(editor, { x: x * 10, y: y * 10 }),
  },
  {
    id: `push-${key}`,
    title: `Move by more (${key})`,
    group: 'Keyboard',
    keys: [`Shift+${key}`],
    keyOnly: true,
    run: (editor) => nudge(editor, { x: x * 50, y: y * 50 }),
  },
]

const stepping = (key: string, direction: Direction): Action => ({
  id: `step-${direction}`,
  title: `To the node ${{ left: 'to the left', right: 'to the right', up: 'above', down: 'below' }[direction]}`,
  group: 'Keyboard',
  keys: [`Alt+${key}`],
  keyOnly: true,
  run: (editor) => step(editor, direction),
})

export const actions: readonly Action[] = [
  { id: 'add', title: 'Add a node…', group: 'Edit', keys: ['/'], run: openAddMenu },
  { id: 'connect', title: 'Connect the selected node…', group: 'Edit', keys: ['C'], run: show({ dialog: 'connect' }) },
  { id: 'insert', title: 'Insert a node into the selected edge…', group: 'Edit', keys: [], run: openInsertMenu },
  { id: 'undo', title: 'Undo', group: 'Edit', keys: ['Mod+Z'], run: (editor) => editor.store.getState().undo() },
  {
    id: 'redo',
    title: 'Redo',
    group: 'Edit',
    keys: ['Mod+Shift+Z', 'Mod+Y'],
    run: (editor) => editor.store.getState().redo(),
  },
  { id: 'duplicate', title: 'Duplicate', group: 'Edit', keys: ['Mod+D'], run: duplicateSelection },
  { id: 'delete', title: 'Delete', group: 'Edit', keys: ['Delete', 'Backspace'], run: deleteSelection },
  { id: 'select-all', title: 'Select everything', group: 'Edit', keys: ['Mod+A'], run: selectAll },
  { id: 'paste', title: 'Paste a graph as text…', group: 'Edit', keys: [], run: show({ dialog: 'paste' }) },
  { id: 'group', title: 'Group into a team', group: 'Arrange', keys: ['Mod+G'], run: groupIntoTeam },
  {
    id: 'arrange',
    title: 'Arrange everything',
    group: 'Arrange',
    keys: ['Shift+A'],
    run: (editor) => void arrange(editor),
  },
  aligning('left', 'Align left'),
  aligning('centre', 'Align centres'),
  aligning('right', 'Align right'),
  aligning('top', 'Align top'),
  aligning('middle', 'Align middles'),
  aligning('bottom', 'Align bottom'),
  aligning('columns', 'Distribute from left to right'),
  aligning('rows', 'Distribute from top to bottom'),
  { id: 'find', title: 'Find on the canvas', group: 'View', keys: ['Mod+F'], run: show({ isFinding: true }) },
  {
    id: 'fit',
    title: 'Show everything',
    group: 'View',
    keys: ['Shift+1'],
    run: (editor) => editor.canvas.current?.fit(),
  },
  {
    id: 'fit-selection',
    title: 'Show the selection',
    group: 'View',
    keys: ['Shift+2'],
    run: (editor) => editor.canvas.current?.fit([...editor.store.getState().selected]),
  },
  {
    id: 'zoom-in',
    title: 'Zoom in',
    group: 'View',
    keys: ['+', '='],
    run: (editor) => editor.canvas.current?.zoom('in'),
  },
  {
    id: 'zoom-out',
    title: 'Zoom out',
    group: 'View',
    keys: ['-'],
    run: (editor) => editor.canvas.current?.zoom('out'),
  },
  {
    id: 'problems',
    title: 'Show the problems',
    group: 'View',
    keys: ['P'],
    run: ({ store }) => store.getState().show({ isProblemsOpen: !store.getState().isProblemsOpen }),
  },
  {
    id: 'commands',
    title: 'Commands',
    group: 'View',
    keys: ['Mod+K'],
    keyOnly: true,
    run: show({ dialog: 'commands' }),
  },
  { id: 'shortcuts', title: 'Keyboard shortcuts', group: 'View', keys: ['?'], run: show({ dialog: 'shortcuts' }) },
  { id: 'run', title: 'Run', group: 'Workflow', keys: ['Mod+Enter'], run: (editor) => void run(editor) },
  {
    id: 'run-alone',
    title: 'Run the selected node alone…',
    group: 'Workflow',
    keys: [],
    run: openAlone,
    isOffered: canRunSelectedAlone,
  },
  { id: 'share', title: 'Share this workflow…', group: 'Workflow', keys: [], run: (editor) => void share(editor) },
  { id: 'publish', title: 'Publish', group: 'Workflow', keys: [], run: (editor) => void publish(editor) },
  { id: 'template', title: 'Save as a template…', group: 'Workflow', keys: [], run: show({ dialog: 'template' }) },
  { id: 'tour', title: 'Take the tour', group: 'View', keys: [], run: show({ tour: 0 }) },
  {
    id: 'save',
    title: 'Save now',
    group: 'Workflow',
    keys: ['Mod+S'],
    run: (editor) => void editor.saver.flush(),
  },
  {
    id: 'open',
    title: 'Open the selected node',
    group: 'Keyboard',
    keys: ['Enter'],
    keyOnly: true,
    run: (editor) => {
      const [id] = editor.store.getState().selected
      if (id !== undefined) openNode(editor, id)
    },
  },
  {
    id: 'escape',
    title: 'Let go of the selection',
    group: 'Keyboard',
    keys: ['Escape'],
    keyOnly: true,
    run: (editor) => {
      editor.store.getState().select([])
      editor.canvas.current?.focus()
    },
  },
  ...moving('ArrowLeft', -1, 0),
  ...moving('ArrowRight', 1, 0),
  ...moving('ArrowUp', 0, -1),
  ...moving('ArrowDown', 0, 1),
  stepping('ArrowLeft', 'left'),
  stepping('ArrowRight', 'right'),
  stepping('ArrowUp', 'up'),
  stepping('ArrowDown', 'down'),
]
