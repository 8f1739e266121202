import type { Json, JsonObject } from '@/engine/json'
import type { By, RunEvent } from '@/engine/run/events'

export type Command = {
  id: number
  kind: 'cancel' | 'pause' | 'resume' | 'retry' | 'decide'
  path: string | null
  wait: number | null
  body: JsonObject
  by: By
  taken: boolean
}

/** One run's rows as the database keeps them: what is in here survives every crash. */
export type Store = {
  log: RunEvent[]
  /** How long the log was after each append: a crash can only cut it there. */
  appends: number[]
  epoch: number
  commands: Command[]
  values: Map<string, Json>
  refused: number
}

export const newStore = (): Store => ({
  log: [],
  appends: [],
  epoch: 0,
  commands: [],
  values: new Map(),
  refused: 0,
})

export type Append = { epoch: number; first: number; events: readonly RunEvent[]; taken: readonly number[] }

/** All or nothing, and only for the driver that took the run over last. */
export function append(store: Store, { epoch, first, events, taken }: Append): boolean {
  if (epoch !== store.epoch || first !== store.log.length + 1) {
    store.refused++
    return false
  }
  store.log.push(...events.map((event) => JSON.parse(JSON.stringify(event)) as RunEvent))
  store.appends.push(store.log.length)
  for (const command of store.commands) if (taken.includes(command.id)) command.taken = true
  return true
}

/** The first decision about a place of waiting wins; whoever comes later is told so. */
export function insertCommand(store: Store, row: Omit<Command, 'id' | 'taken'>): boolean {
  const isDecided = store.commands.some(
    ({ kind, path, wait }) => kind === 'decide' && row.kind === 'decide' && path === row.path && wait === row.wait,
  )
  if (isDecided) return false
  store.commands.push({ ...row, id: store.commands.length + 1, taken: false })
  return true
}
