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

/** Undoes in reverse order whatever a part set up, however it ends. */
export async function withCleanup<T>(work: (later: (undo: () => unknown) => void) => Promise<T>): Promise<T> {
  const undos: (() => unknown)[] = []
  try {
    return await work((undo) => undos.push(undo))
  } finally {
    for (const undo of undos.reverse()) await undo()
  }
}

export const startLoad = () => startChild<Volley, VolleyResult>('load')

/** A volley of which every answer must be right. */
export async function fireAll({ load }: Pick<Context, 'load'>, volley: Volley): Promise<VolleyResult> {
  const result = await load.ask(volley)
  if (result.wrong > 0) throw new Error(`${result.wrong} of ${result.answers} answers were wrong: ${result.firstWrong}`)
  return result
}
