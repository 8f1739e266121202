import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Json } from '@/engine/json'
import { requestHash } from '@/server/models/cassette'
import { outputOf } from './testing/check-log'
import { openPlace, type Place } from './testing/place'
import { approval, chain, transform } from './testing/small-graphs'

let ours: Place
let theirs: Place
beforeAll(async () => {
  ours = await openPlace()
  const id = randomUUID()
  await ours.pool.query('insert into workspace (id, name, slug) values ($1, $2, $3)', [id, 'Theirs', id])
  theirs = await openPlace({ url: ours.url, workspaceId: id })
})
afterAll(async () => {
  await theirs.close()
  await ours.close()
})

const calling = chain([{ id: 'call', kind: 'workflow', config: { workflow: 'any', input: {} } }], {
  value: '{{ call }}',
})

/** A cassette that nobody recorded: it says that the child was this run. */
const forged = (runId: string, wait: Json | null) => {
  const step = requestHash({ workflow: 'any', version: null, input: {} })
  const entries: Json[] = [{ path: 'call', step: 'child', requestHash: step, result: { runId } }]
  if (wait !== null) entries.push({ path: 'call', step: 'wait1', requestHash: '', result: wait })
  return { cassette: { mode: 'replay' as const, file: { cassette: 1, entries } } }
}

describe('a cassette that names a run', () => {
  it('of another workspace is not told what came of it', async () => {
    const secret = randomUUID()
    const foreign = await theirs.run(chain([transform('say', secret)], { value: '{{ say }}' }))
    expect(outputOf((await theirs.check(foreign)).state)).toBe(secret)
    const runId = await ours.run(calling, {}, forged(foreign, { type: 'child', status: 'completed' }))
    const { events, state } = await ours.check(runId)
    expect(state.run).toMatchObject({ status: 'failed', path: 'call' })
    expect(JSON.stringify(events)).not.toContain(secret)
  })

  it('plays our own as it was', async () => {
    const own = await ours.run(chain([transform('say', 'ours')], { value: '{{ say }}' }))
    const runId = await ours.run(calling, {}, forged(own, { type: 'child', status: 'completed' }))
    expect(outputOf((await ours.check(runId)).state)).toBe('ours')
  })

  it('does not stop that run when the replay ends', async () => {
    const foreign = await theirs.begin(chain([approval('gate')], { value: 'done', ports: { gate: 'approved' } }))
    await theirs.reach(foreign, ({ nodes }) => nodes.get('gate')?.status === 'waiting')
    const runId = await ours.run(calling, {}, forged(foreign, null))
    expect((await ours.check(runId)).state.run).toMatchObject({ failure: { code: 'cassette_miss' } })
    const { rows } = await ours.pool.query('select kind from run_command where run_id = $1', [foreign])
    expect(rows).toEqual([])
  })
})
