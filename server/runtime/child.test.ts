import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { parseGraph } from '@/engine/graph/parse'
import type { Json, JsonObject } from '@/engine/json'
import type { RunState } from '@/engine/run/state'
import { statusOf } from '@/engine/run/summary'
import { specs } from '@/nodes/registry/specs'
import { cassetteEntries } from '@/server/runs/cassette-entries'
import { keepGraph } from '@/server/workflows/load-graph'
import { outputOf } from './testing/check-log'
import { openPlace } from './testing/place'
import { agent, approval, chain, type Node } from './testing/small-graphs'
import { openStage, type Stage } from './testing/stage'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())
beforeEach(() => stage.models.script(() => ({ kind: 'text', text: 'Fine.' })))

async function publish(slug: string, graph: Json): Promise<void> {
  const { deps, workspaceId, pool } = stage.place
  const parsed = parseGraph(graph, specs)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  const compiled = deps.plans.ofGraph(parsed.graph)
  await keepGraph(deps, workspaceId, compiled)
  const id = randomUUID()
  await pool.query(
    `insert into workflow (id, workspace_id, slug, name, draft, published_version, updated_at) values ($1, $2, $3, $3, $4, 1, now())`,
    [id, workspaceId, slug, JSON.stringify(parsed.graph)],
  )
  await pool.query(`insert into workflow_version (workflow_id, version, graph_hash) values ($1, 1, $2)`, [
    id,
    compiled.hash,
  ])
}

const call = (workflow: string, more: JsonObject = {}): Node => ({
  id: 'call',
  kind: 'workflow',
  config: { workflow, input: {} },
  ...more,
})
const reached = (status: string) => (state: RunState) => statusOf(state) === status

async function childOf(runId: string): Promise<string> {
  const { rows } = await stage.place.pool.query<{ id: string }>(
    'select id from run where parent_run_id = $1 order by created_at desc',
    [runId],
  )
  if (!rows[0]) throw new Error('no child')
  return rows[0].id
}
const isWaitingForChild = (state: RunState) => state.nodes.get('call')?.status === 'waiting'

describe('a run that is started by a node of another one', () => {
  it('gives its output up, and what it used counts for its parent', async () => {
    const { place } = stage
    await publish('works', chain([agent('one')], { value: '{{ one.text }}' }))
    const runId = await place.begin(chain([call('works')], { value: '{{ call }}' }))
    const state = await place.reach(runId, reached('completed'))
    expect(outputOf(state)).toBe('Fine.')
    expect(state.usage).toMatchObject({ steps: 1, inputTokens: 10 })
    await place.check(runId)
    await place.check(await childOf(runId))
  })

  it('is heard of even if it is over before its parent waits for it', async () => {
    const { place } = stage
    await publish('instant', chain([{ id: 'now', kind: 'transform', config: { template: 'now', as: 'text' } }]))
    const runIds = await Promise.all(
      Array.from({ length: 25 }, () => place.begin(chain([call('instant')], { value: '{{ call }}' }))),
    )
    for (const runId of runIds) expect(outputOf(await place.reach(runId, reached('completed')))).toBe('now')
  })

  it('gives its failure up', async () => {
    const { place, models } = stage
    models.script(() => ({ kind: 'error', status: 400, message: 'no' }))
    await publish('fails', chain([agent('one')]))
    const runId = await place.begin(chain([call('fails')]))
    const state = await place.reach(runId, reached('failed'))
    expect(state.run).toMatchObject({ failure: { code: 'run_failed' }, path: 'call' })
  })

  it('is cancelled with its parent', async () => {
    const { place, models } = stage
    models.script(() => ({ kind: 'stall', afterTokens: 0 }))
    await publish('stalls', chain([agent('one')]))
    const runId = await place.begin(chain([call('stalls')]))
    await place.reach(runId, isWaitingForChild)
    const child = await childOf(runId)
    const began = performance.now()
    await place.send(runId, { type: 'cancel' })
    await place.reach(child, reached('cancelled'))
    expect(performance.now() - began).toBeLessThan(1_000)
    expect((await place.runtime.read(child))?.run).toMatchObject({ by: { type: 'run', id: runId } })
    await place.reach(runId, reached('cancelled'))
  })

  it('is paused and resumed with its parent', async () => {
    const { place } = stage
    await publish('asks', chain([approval('gate')], { value: '{{ gate.decision }}', ports: { gate: 'approved' } }))
    const runId = await place.begin(chain([call('asks')], { value: '{{ call }}' }))
    await place.reach(runId, isWaitingForChild)
    const child = await childOf(runId)
    await place.reach(child, reached('waiting'))
    await place.send(runId, { type: 'pause' })
    await place.reach(child, reached('paused'))
    await place.send(runId, { type: 'resume' })
    await place.reach(child, reached('waiting'))
    await place.send(child, { type: 'decide', path: 'gate', decision: 'approved' })
    expect(outputOf(await place.reach(runId, reached('completed')))).toBe('approved')
  })

  it('is cancelled when the attempt that started it takes too long', async () => {
    const { place, models } = stage
    models.script(() => ({ kind: 'stall', afterTokens: 0 }))
    await publish('slow', chain([agent('one')]))
    const runId = await place.begin(chain([call('slow', { timeoutSeconds: 0.3 })]))
    const state = await place.reach(runId, reached('failed'))
    expect(state.run).toMatchObject({ failure: { code: 'timeout' }, path: 'call' })
    await place.reach(await childOf(runId), reached('cancelled'))
  })

  it('gets a share of the budget beside others, so that all of them together can not use more than there is', async () => {
    const { place } = stage
    const thrice = ['one', 'two', 'three'].map((id) => agent(id))
    await publish('spends', chain(thrice))
    const sides = ['left', 'right', 'third'].map((id) => call('spends', { id }))
    const runId = await place.begin(
      { baton: 1, name: 'Wide', nodes: sides, edges: [] },
      {},
      { budget: { maxSteps: 4 } },
    )
    const paused = async () => {
      const { rows } = await place.pool.query<{ id: string; status: string }>(
        'select id, status from run where parent_run_id = $1',
        [runId],
      )
      return rows.filter(({ status }) => status === 'paused').map(({ id }) => id)
    }
    await expect.poll(paused, { timeout: 10_000 }).toHaveLength(3)
    const states = await Promise.all((await paused()).map((id) => place.reach(id, reached('paused'))))
    expect(states.reduce((sum, { usage }) => sum + usage.steps, 0)).toBe(4)
    expect(states.map(({ budget }) => budget.maxSteps).toSorted()).toEqual([1, 1, 2])
  })

  it('gets all that is left once those before it are done, and their use counts', async () => {
    const { place } = stage
    await publish('once', chain([agent('one')]))
    const names = ['first', 'second', 'last']
    const runId = await place.begin(chain(names.map((id) => call('once', { id }))), {}, { budget: { maxSteps: 5 } })
    await place.reach(runId, reached('completed'))
    const { rows } = await place.pool.query<{ id: string }>('select id from run where parent_run_id = $1', [runId])
    const states = await Promise.all(rows.map(({ id }) => place.reach(id, reached('completed'))))
    expect(states.map(({ budget }) => budget.maxSteps).toSorted()).toEqual([3, 4, 5])
  })

  it('draws on the budget of its parent', async () => {
    const { place } = stage
    await publish('two', chain([agent('one'), agent('two')]))
    const runId = await place.begin(chain([agent('first'), call('two')]), {}, { budget: { maxSteps: 2 } })
    await place.reach(runId, isWaitingForChild)
    const child = await childOf(runId)
    const state = await place.reach(child, reached('paused'))
    expect(state.budget).toEqual({ maxSteps: 1 })
    expect(state.usage.steps).toBe(1)
    await place.send(child, { type: 'resume', budget: { maxSteps: 2 } })
    expect((await place.reach(runId, reached('completed'))).usage.steps).toBe(3)
  })

  it('is not needed again in a replay from a file, on a server that never heard of it', async () => {
    const { place } = stage
    await publish('elsewhere', chain([agent('one')], { value: '{{ one.text }}' }))
    const graph = chain([call('elsewhere')], { value: '{{ call }}' })
    const runId = await place.begin(graph)
    const recorded = await place.reach(runId, reached('completed'))
    const { events } = await place.check(runId)
    const entries = await cassetteEntries(events, () => Promise.reject(new Error('Nothing here is that large.')))
    const away = await openPlace()
    const cassette = { mode: 'replay', file: { entries } as unknown as Json } as const
    const replayed = await away.runtime.read(await away.run(graph, {}, { cassette }))
    expect(replayed && outputOf(replayed)).toBe('Fine.')
    expect(replayed?.usage).toEqual(recorded.usage)
    await away.close()
  })

  it('may not start runs that start runs more than ten deep', async () => {
    const { place } = stage
    await publish('circle', chain([call('circle')]))
    const runId = await place.begin(chain([call('circle')]))
    await place.reach(runId, reached('failed'))
    const { rows } = await place.pool.query<{ depth: number; failure: string }>(
      `select depth, summary->'error'->>'code' as failure from run where depth > 0 order by depth desc limit 1`,
    )
    expect(rows[0]).toEqual({ depth: 10, failure: 'depth_exceeded' })
  })
})
