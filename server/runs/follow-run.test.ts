import { setTimeout as pause } from 'node:timers/promises'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { RunEvent } from '@/engine/run/events'
import { followRun } from '@/server/runs/follow-run'
import type { LiveMessage } from '@/server/runtime/types'
import type { Deps } from '@/server/use-case'

const id = '00000000-0000-4000-8000-000000000001'
const actor = { workspaceId: id, userId: id, keyId: null, name: 'x', role: 'owner' } as const

/** A log that grows in steps, some of which nobody is told about: another process wrote them. */
function growingLog() {
  const log: RunEvent[] = []
  const ears = new Set<(message: LiveMessage) => void>()
  let status = 'running'
  const event = (isLast: boolean): RunEvent => ({
    ...(isLast ? { type: 'run.cancelled' } : { type: 'note', text: '' }),
    seq: log.length + 1,
    at: 0,
  })
  const db = {
    run: { findFirst: async () => ({ id, status }) },
    runEvent: {
      findMany: async ({ where, take }: { where: { seq: { gt: number } }; take: number }) =>
        log.slice(where.seq.gt, where.seq.gt + take).map((each) => ({ event: JSON.stringify(each) })),
    },
  }
  const runtime = {
    watch: (_: string, hear: (message: LiveMessage) => void) => {
      ears.add(hear)
      return () => ears.delete(hear)
    },
  }
  return {
    deps: { db, runtime } as unknown as Deps,
    ears,
    append: (count: number, { told, last }: { told: boolean; last: boolean }) => {
      const events = Array.from({ length: count }, (_, index) => {
        const made = event(last && index === count - 1)
        log.push(made)
        return made
      })
      if (last) status = 'cancelled'
      if (told) for (const hear of ears) hear({ type: 'events', runId: id, events })
    },
    length: () => log.length,
  }
}

const step = fc.record({ count: fc.integer({ min: 1, max: 1_500 }), told: fc.boolean(), wait: fc.boolean() })

test('whoever follows a run gets every event once and in order, told or not, from wherever he begins', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 1, maxLength: 6 }),
      fc.integer({ min: 0, max: 40 }),
      async (steps, after) => {
        const log = growingLog()
        log.append(50, { told: false, last: false })
        const seen: number[] = []
        const following = (async () => {
          const stop = new AbortController()
          for await (const events of followRun(log.deps, actor, { id, after, signal: stop.signal, everyMs: 2 })) {
            seen.push(...events.map(({ seq }) => seq))
          }
        })()
        for (const [index, { count, told, wait }] of steps.entries()) {
          if (wait) await pause(1)
          log.append(count, { told, last: index === steps.length - 1 })
        }
        await following
        expect(seen).toEqual(Array.from({ length: log.length() - after }, (_, index) => after + index + 1))
        expect(log.ears.size).toBe(0)
      },
    ),
    { numRuns: 40 },
  )
})

test('who leaves is no longer listened for', async () => {
  const log = growingLog()
  log.append(3, { told: false, last: false })
  const stop = new AbortController()
  const seen: number[] = []
  const following = (async () => {
    for await (const events of followRun(log.deps, actor, { id, after: 0, signal: stop.signal, everyMs: 60_000 })) {
      seen.push(...events.map(({ seq }) => seq))
    }
  })()
  await expect.poll(() => seen.length).toBe(3)
  stop.abort()
  await following
  expect(log.ears.size).toBe(0)
})
