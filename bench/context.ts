import { type Child, startChild } from '@/bench/child'
import type { Volley, VolleyResult } from '@/bench/load/volley'
import type { Options } from '@/bench/options'
import type { PartName } from '@/bench/result'

/** What the parts share: the load generator, and a list of what has to be undone. */
export type Context = {
  options: Options
  load: Child<Volley, VolleyResult>
  /** With `--profile`, the measured server leaves a CPU profile of each part there. */
  nodeOptions: (part: PartName) => readonly string[]
  say: (line: string) => void
}

type Undo = () => unknown
const open: Undo[][] = []

async function undoAll(undos: Undo[]): Promise<void> {
  for (let undo = undos.pop(); undo; undo = undos.pop()) await undo()
}

/** Undoes in reverse order whatever a part set up, however it ends. */
export async function withCleanup<T>(work: (later: (undo: Undo) => void) => Promise<T>): Promise<T> {
  const undos: Undo[] = []
  open.push(undos)
  try {
    return await work((undo) => undos.push(undo))
  } finally {
    await undoAll(undos)
    open.splice(open.indexOf(undos), 1)
  }
}

/** For an interrupted bench: servers and folders of parts that are still under way. */
export async function undoEverything(): Promise<void> {
  for (const undos of open.toReversed()) await undoAll(undos)
}

export const startLoad = () => startChild<Volley, VolleyResult>('load')

/** A volley of which every answer must be right. */
export async function fireAll({ load }: Pick<Context, 'load'>, volley: Volley): Promise<VolleyResult> {
  const result = await load.ask(volley)
  if (result.wrong > 0) throw new Error(`${result.wrong} of ${result.answers} answers were wrong: ${result.firstWrong}`)
  return result
}
