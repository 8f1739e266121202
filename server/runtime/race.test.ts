import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ada, openPlace, type Place } from './testing/place'
import { approval, chain } from './testing/small-graphs'
import type { SendAnswer } from './types'

/** The one that drives, and two others that send: real connections, three processes as far as the database can tell. */
let driver: Place
let others: Place[]
beforeAll(async () => {
  driver = await openPlace()
  others = await Promise.all([1, 2].map(() => openPlace({ url: driver.url, runtime: { works: false } })))
})
afterAll(async () => {
  for (const other of others) await other.close()
  await driver.close()
})

const bob = { type: 'person', id: 'p2', name: 'Bob' } as const

describe('two approvals, a cancel and a deadline at the same time', () => {
  it('make exactly one decision and one end, and the losers are told who won', async () => {
    const [one, two] = others
    if (!one || !two) throw new Error('no others')
    const winners = new Map<string, number>()
    for (let round = 0; round < 40; round++) {
      const runId = await driver.begin(
        chain([approval('gate', { timeoutSeconds: 0.2, onTimeout: 'reject' })], {
          value: '{{ gate.decision }}',
          ports: { gate: 'approved' },
        }),
      )
      await driver.reach(runId, (state) => state.nodes.get('gate')?.status === 'waiting')
      // From well before the deadline to well behind it.
      await new Promise((resolve) => setTimeout(resolve, 110 + round * 3))
      const decide = { type: 'decide', path: 'gate', decision: 'approved' } as const
      const answers: SendAnswer[] = await Promise.all([
        one.runtime.send(driver.workspaceId, runId, { ...decide, by: ada }),
        two.runtime.send(driver.workspaceId, runId, { ...decide, by: bob }),
        ...(round % 2
          ? [driver.runtime.send(driver.workspaceId, runId, { type: 'cancel', by: { type: 'key', id: 'k1' } })]
          : []),
      ])
      await driver.reach(runId, ({ run }) => run.status === 'completed' || run.status === 'cancelled')
      const { events } = await driver.check(runId)
      const ends = events.filter(({ type }) => ['run.completed', 'run.failed', 'run.cancelled'].includes(type))
      const decisions = events.filter((event) => event.type === 'node.resumed' && event.cause.type === 'decision')
      expect(ends).toHaveLength(1)
      expect(decisions.length).toBeLessThanOrEqual(1)
      const approvals = answers.slice(0, 2)
      const accepted = approvals.filter(({ type }) => type === 'accepted')
      expect(accepted.length).toBeLessThanOrEqual(1)
      for (const answer of approvals) {
        if (answer.type === 'accepted') continue
        expect(answer.type).toBe('already_decided')
        if (answer.type !== 'already_decided') continue
        expect(answer.at).toBeGreaterThan(1_600_000_000_000)
        expect(['person', 'deadline', 'key']).toContain(answer.by.type)
      }
      const [decision] = decisions
      const by =
        decision?.type === 'node.resumed' && decision.cause.type === 'decision' ? decision.cause.by.type : 'cancel'
      // Whoever was told that the decision is his has decided, unless a cancel overtook what he had decided.
      if (accepted.length === 1 && by !== 'cancel') expect(by).toBe('person')
      winners.set(by, (winners.get(by) ?? 0) + 1)
    }
    expect([...winners.keys()].length, JSON.stringify([...winners])).toBeGreaterThan(1)
  }, 60_000)
})
