import type { NodeEntry, ScopeEntry, TreeEntry } from '@/components/run/run-tree'
import type { PathKey } from '@/engine/path'
import type { RunState, StepState } from '@/engine/run/state'

export type RowTone = 'active' | 'done' | 'failed' | 'waiting' | 'quiet' | 'model' | 'tool' | 'step'
export type Row = {
  key: string
  depth: number
  title: string
  /** Where a click leads; null for items and iterations. */
  path: PathKey | null
  entry: NodeEntry | null
  tone: RowTone
  from: number | null
  /** Null: it is still going on. */
  to: number | null
  /** What can be folded, and whether it is. */
  fold: 'none' | 'open' | 'closed'
}

const manyScopes = 8

type Build = { state: RunState; flipped: ReadonlySet<string>; rows: Row[] }

/** A run as bars below each other: nodes in the order of the graph, what lies in them and their steps indented. */
export function waterfallRows(
  tree: readonly TreeEntry[],
  state: RunState,
  flipped: ReadonlySet<string>,
): readonly Row[] {
  const build: Build = { state, flipped, rows: [] }
  addEntries(build, tree, 0)
  return build.rows
}

function addEntries(build: Build, entries: readonly TreeEntry[], depth: number): void {
  const isCrowded = entries.length > manyScopes && entries[0]?.type === 'scope'
  for (const entry of entries) {
    if (entry.type === 'scope') addScope(build, entry, { depth, startsOpen: !isCrowded })
    else if (entry.state && entry.state.status !== 'skipped') addNode(build, entry, depth)
  }
}

const foldOf = ({ flipped }: Build, key: string, startsOpen: boolean): 'open' | 'closed' =>
  flipped.has(key) === startsOpen ? 'closed' : 'open'

function addNode(build: Build, entry: NodeEntry, depth: number): void {
  const steps = [...(build.state.steps.get(entry.path) ?? [])].filter(([, { kind }]) => isShown(kind))
  const fold = steps.length + entry.inside.length === 0 ? 'none' : foldOf(build, entry.path, true)
  const { from, to } = timesOf(entry)
  build.rows.push({
    key: entry.path,
    depth,
    title: entry.title,
    path: entry.path,
    entry,
    tone: toneOf(entry),
    from,
    to,
    fold,
  })
  if (fold !== 'open') return
  for (const [step, state] of steps) build.rows.push(stepRow(entry, step, state, depth + 1))
  addEntries(build, entry.inside, depth + 1)
}

function addScope(
  build: Build,
  scope: ScopeEntry,
  { depth, startsOpen }: { depth: number; startsOpen: boolean },
): void {
  const times = scope.inside.flatMap((entry) => (entry.type === 'node' ? [timesOf(entry)] : []))
  const starts = times.flatMap(({ from }) => from ?? [])
  if (starts.length === 0) return
  const isOpen = times.some(({ from, to }) => from !== null && to === null)
  const fold = foldOf(build, scope.key, startsOpen)
  build.rows.push({
    key: scope.key,
    depth,
    title: scope.title,
    path: null,
    entry: null,
    tone: scope.status === 'idle' ? 'quiet' : scope.status,
    from: Math.min(...starts),
    to: isOpen ? null : Math.max(...times.flatMap(({ to }) => to ?? [])),
    fold,
  })
  if (fold === 'open') addEntries(build, scope.inside, depth + 1)
}

const isShown = (kind: StepState['kind']): boolean => kind !== 'open' && kind !== 'value'

const stepNames: { readonly [kind in StepState['kind']]: string } = {
  model: 'Model call',
  tool: 'Tool call',
  http: 'Web request',
  code: 'Code',
  open: 'Opened',
  child: 'Started a run',
  value: 'Value',
}

function stepRow(entry: NodeEntry, step: string, state: StepState, depth: number): Row {
  const about = state.status === 'completed' ? (state.tool ?? state.model) : undefined
  return {
    key: `${entry.path}:${step}`,
    depth,
    title: about === undefined ? stepNames[state.kind] : `${stepNames[state.kind]}: ${about}`,
    path: entry.path,
    entry: null,
    tone: state.status === 'failed' ? 'failed' : state.kind === 'model' || state.kind === 'tool' ? state.kind : 'step',
    from: state.startedAt,
    to: 'endedAt' in state ? state.endedAt : null,
    fold: 'none',
  }
}

function timesOf({ state }: NodeEntry): { from: number | null; to: number | null } {
  if (!state || state.status === 'skipped') return { from: null, to: null }
  if (state.status === 'cancelled') return { from: state.endedAt, to: state.endedAt }
  return { from: state.startedAt, to: 'endedAt' in state ? state.endedAt : null }
}

function toneOf({ state, node }: NodeEntry): RowTone {
  switch (state?.status) {
    case 'running':
      return 'active'
    case 'waiting':
    case 'retrying':
      return 'waiting'
    case 'failed':
      return 'failed'
    case 'completed':
      // A person took most of that time.
      return node.kind === 'approval' ? 'waiting' : 'done'
    default:
      return 'quiet'
  }
}

export type Axis = { from: number; to: number }

export function axisOf(state: RunState, now: number): Axis {
  const from = state.startedAt ?? state.createdAt
  const to = 'finishedAt' in state.run ? state.run.finishedAt : now
  return { from, to: Math.max(from + 1, to) }
}

/** Where on the axis a time lies, from 0 to 1. */
export const placeOf = ({ from, to }: Axis, at: number): number => Math.min(1, Math.max(0, (at - from) / (to - from)))

/** Round times at which a line is drawn, at most `most` of them. */
export function ticksOf({ from, to }: Axis, most: number): readonly number[] {
  const length = to - from
  const step = niceSteps.find((ms) => length / ms <= most) ?? 10 ** Math.ceil(Math.log10(length / most))
  return Array.from({ length: Math.floor(length / step) }, (_, index) => (index + 1) * step)
}

const niceSteps = [1, 1_000, 60_000, 3_600_000].flatMap((unit) =>
  (unit === 1 ? [1, 2, 5, 10, 20, 50, 100, 200, 500] : [1, 2, 5, 10, 20, 30]).map((times) => times * unit),
)
