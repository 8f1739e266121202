import type { Pool } from 'pg'
import { shareCommit } from '@/bench/bare/schema'

export type Begin = { id: string; input: string; at: number }
export type End = {
  id: string
  at: number
  output: string
  nodes: readonly { id: string; at: number; output: string }[]
}

export type BareStore = {
  /** Resolves when the row is durable. */
  begin: (run: Begin) => Promise<void>
  end: (run: End) => Promise<void>
}

type Batch = { begun: Begin[]; ended: End[]; done: (() => void)[]; failed: ((error: unknown) => void)[] }
const empty = (): Batch => ({ begun: [], ended: [], done: [], failed: [] })

/** Whatever comes up while a statement is on its way shares the next one. */
export function createBareStore(pool: Pool, lanes: number): BareStore {
  let next = empty()
  let busy = 0

  const write = async () => {
    busy++
    while (next.done.length > 0) {
      const batch = next
      next = empty()
      await pool.query({ name: 'share', text: shareCommit, values: argumentsOf(batch) }).then(
        () => {
          for (const done of batch.done) done()
        },
        (error) => {
          for (const failed of batch.failed) failed(error)
        },
      )
    }
    busy--
  }
  const join = (add: (batch: Batch) => void): Promise<void> =>
    new Promise((done, failed) => {
      add(next)
      next.done.push(done)
      next.failed.push(failed)
      // What the same turn of the event loop has to say shares the statement, too.
      if (busy < lanes) queueMicrotask(() => busy < lanes && next.done.length > 0 && void write())
    })

  return {
    begin: (run) => join((batch) => batch.begun.push(run)),
    end: (run) => join((batch) => batch.ended.push(run)),
  }
}

function argumentsOf({ begun, ended }: Batch): unknown[] {
  const runs: string[] = []
  const seqs: number[] = []
  const nodes: string[] = []
  const times: number[] = []
  const outputs: string[] = []
  for (const run of ended) {
    for (let seq = 0; seq < run.nodes.length; seq++) {
      const node = run.nodes[seq]
      if (!node) continue
      runs.push(run.id)
      seqs.push(seq + 1)
      nodes.push(node.id)
      times.push(node.at)
      outputs.push(node.output)
    }
  }
  return [
    begun.map(({ id }) => id),
    begun.map(({ input }) => input),
    begun.map(({ at }) => at),
    runs,
    seqs,
    nodes,
    times,
    outputs,
    ended.map(({ id }) => id),
    ended.map(({ at }) => at),
    ended.map(({ output }) => output),
  ]
}
