import { randomUUID } from 'node:crypto'
import { parseGraph } from '@/engine/graph/parse'
import type { Json } from '@/engine/json'
import type { RunState } from '@/engine/run/state'
import { specs } from '@/nodes/registry/specs'
import { assemble, type Settings } from '@/server/boot/assemble'
import { until } from '@/server/db/embedded/process'
import { freshDatabase } from '@/server/db/testing/fresh-database'
import { usualLimits } from '@/server/limits/limits'
import { keepGraph } from '@/server/workflows/load-graph'
import type { Command, StartRequest } from '../types'
import { checkLog } from './check-log'

/** A whole runtime on a database of its own, with the model layer answering at once. */
export async function openPlace({
  url,
  workspaceId: known,
  ...overrides
}: Partial<Settings> & { url?: string; workspaceId?: string } = {}) {
  const database = url ? { url, drop: async () => {} } : await freshDatabase()
  const reports: unknown[] = []
  const assembled = await assemble({
    databaseUrl: database.url,
    secretKey: Buffer.alloc(32, 7),
    openai: { apiKey: null, baseUrl: null, model: null },
    allowPrivate: [],
    simulatedPace: 0,
    limits: usualLimits,
    report: (error) => reports.push(error),
    runtime: { works: true },
    ...overrides,
  })
  const { deps, runtime, pool } = assembled
  const workspaceId = known ?? randomUUID()
  if (!known)
    await pool.query('insert into workspace (id, name, slug) values ($1, $2, $3)', [workspaceId, 'Test', workspaceId])

  const request = async (graph: Json, input: Json, more: Partial<StartRequest> = {}): Promise<StartRequest> => {
    const parsed = parseGraph(graph, specs)
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
    const compiled = deps.plans.ofGraph(parsed.graph)
    if (!compiled.plan) throw new Error(JSON.stringify(compiled.problems))
    await keepGraph(deps, workspaceId, compiled)
    return {
      workspaceId,
      workflowId: null,
      version: null,
      graphHash: compiled.hash,
      plan: compiled.plan,
      input,
      trigger: 'api',
      createdBy: null,
      attended: true,
      ...more,
    }
  }

  /** Starts a run and waits until it is over, paused, or needs a person. */
  const run = async (graph: Json, input: Json = {}, more: Partial<StartRequest> = {}) => {
    const answer = await runtime.start(await request(graph, input, more))
    if (answer.type === 'busy') throw new Error('busy')
    if (answer.type === 'started') await answer.settled
    return answer.runId
  }

  /** Starts a run and does not wait for anything. */
  const begin = async (graph: Json, input: Json = {}, more: Partial<StartRequest> = {}) => {
    const answer = await runtime.start(await request(graph, input, { attended: false, ...more }))
    if (answer.type === 'busy') throw new Error('busy')
    return answer.runId
  }

  /** Waits until the run, as it is on disk, is as wanted. */
  const reach = async (
    runId: string,
    isReached: (state: RunState) => boolean,
    timeoutMs = 20_000,
  ): Promise<RunState> => {
    let state: RunState | null = null
    const look = async () => {
      // A test may have cut this very connection.
      state = await runtime.read(runId).catch(() => null)
      return state !== null && isReached(state)
    }
    if ((await until(look, timeoutMs)) && state) return state
    const { events } = await checkLog(pool, runId).catch(() => ({ events: [] }))
    throw new Error(
      `The run did not get there:\n${events.map((event) => JSON.stringify(event).slice(0, 300)).join('\n')}\n${reports.join('\n')}`,
    )
  }

  const send = (runId: string, command: Sendable) => runtime.send(workspaceId, runId, { by: ada, ...command })

  return {
    ...assembled,
    workspaceId,
    begin,
    reach,
    send,
    check: (runId: string) => checkLog(pool, runId),
    url: database.url,
    reports,
    request,
    run,
    close: async () => {
      await assembled.close()
      await database.drop()
    },
  }
}
export const ada = { type: 'person', id: 'p1', name: 'Ada' } as const

type WithoutBy<C> = C extends Command ? Omit<C, 'by'> & { by?: Command['by'] } : never
type Sendable = WithoutBy<Command>

export type Place = Awaited<ReturnType<typeof openPlace>>
