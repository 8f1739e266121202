import type { Pool } from 'pg'
import { follows, inChunks, type Notice, type RunDelta, relayChannel, splitDelta } from './relay-wire'

const everyMs = 50

export type Outbox = {
  at: (runId: string, seq: number) => void
  delta: (delta: RunDelta) => void
  say: (kind: 'watch' | 'unwatch' | 'await' | 'settled', runId: string) => void
  hello: () => void
  stop: () => void
}

/** Collects what other processes should hear of, and says it in one statement, at most every 50 ms. */
export function createOutbox(pool: Pool, from: string, report: (error: unknown) => void): Outbox {
  const seqs = new Map<string, number>()
  const lists = {
    watch: new Set<string>(),
    unwatch: new Set<string>(),
    await: new Set<string>(),
    settled: new Set<string>(),
  }
  let deltas: RunDelta[] = []
  let hello = false
  let timer: NodeJS.Timeout | null = null
  let last = Number.NEGATIVE_INFINITY

  const collect = (): Notice[] => {
    const kinds = ['watch', 'unwatch', 'await', 'settled'] as const
    const notices: Notice[] = [
      ...(hello ? [{ from, hello: true } as const] : []),
      ...inChunks([...seqs]).map((at) => ({ from, at })),
      ...kinds.flatMap((kind) => inChunks([...lists[kind]]).map((runs) => ({ from, [kind]: runs }) as Notice)),
      ...deltas.flatMap(splitDelta).map((delta) => ({ from, delta })),
    ]
    hello = false
    seqs.clear()
    for (const kind of kinds) lists[kind].clear()
    deltas = []
    return notices
  }

  const send = async () => {
    timer = null
    last = performance.now()
    const payloads = collect().map((notice) => JSON.stringify(notice))
    await pool
      .query({
        name: 'relay',
        text: `select pg_notify('${relayChannel}', payload) from unnest($1::text[]) as payload`,
        values: [payloads],
      })
      .catch(report)
  }

  const soon = () => {
    timer ??= setTimeout(send, Math.max(0, last + everyMs - performance.now()))
  }

  return {
    at: (runId, seq) => {
      seqs.set(runId, seq)
      soon()
    },
    delta: (delta) => {
      const before = deltas.at(-1)
      if (before && follows(before, delta)) deltas[deltas.length - 1] = { ...before, text: before.text + delta.text }
      else deltas.push(delta)
      soon()
    },
    say: (kind, runId) => {
      if (kind === 'watch') lists.unwatch.delete(runId)
      if (kind === 'unwatch') lists.watch.delete(runId)
      lists[kind].add(runId)
      soon()
    },
    hello: () => {
      hello = true
      soon()
    },
    stop: () => {
      if (timer) clearTimeout(timer)
    },
  }
}
