import { randomUUID } from 'node:crypto'
import { NodeError } from '@/engine/failure'
import { compile } from '@/engine/plan/compile'
import { builtInTools } from '@/engine/tools/built-in'
import { runs } from '@/nodes/registry/runs'
import { specs } from '@/nodes/registry/specs'
import { connectionBook } from '@/server/connections/connection-book'
import { createPool } from '@/server/db/pool'
import { createPrisma } from '@/server/db/prisma'
import { createLimits, type LimitSettings } from '@/server/limits/limits'
import { createOutbound } from '@/server/outbound/outbound'
import { createActorCache } from '@/server/people/actor-cache'
import { startChild } from '@/server/runs/start-child'
import { createClock } from '@/server/runtime/clock'
import type { RuntimeDeps } from '@/server/runtime/deps'
import { createEventLog } from '@/server/runtime/event-log'
import { createHub } from '@/server/runtime/hub'
import { createRuntime, type RuntimeOptions } from '@/server/runtime/runtime'
import { createSandbox } from '@/server/sandbox/sandbox'
import { readSecret } from '@/server/secrets/read-secret'
import { createSealer } from '@/server/secrets/seal'
import { createShareDesk } from '@/server/shares/share-desk'
import { builtInDefinitions } from '@/server/tools/built-in'
import { createToolRegistry } from '@/server/tools/registry'
import type { Deps } from '@/server/use-case'
import { loadCompiled } from '@/server/workflows/load-graph'
import { createPlanCache } from '@/server/workflows/plan-cache'
import { createModelDesk } from './model-desk'

export type Settings = {
  databaseUrl: string
  secretKey: Buffer
  openai: Deps['openai']
  allowPrivate: readonly string[]
  simulatedPace: number
  report: Deps['report']
  limits: LimitSettings
  runtime: RuntimeOptions
}

const toolNames = new Set(builtInTools.map(({ name }) => name))

/** Makes everything that a process is made of, and knits it together. The order of `close` is the reverse. */
export async function assemble({
  databaseUrl,
  secretKey,
  openai,
  allowPrivate,
  simulatedPace,
  report,
  limits: limitSettings,
  runtime: options,
}: Settings) {
  const onError = (error: Error) => report(error, { doing: 'database connection' })
  const pool = createPool(databaseUrl, { max: 10, name: 'baton log', onError })
  const jobs = createPool(databaseUrl, { max: 3, name: 'baton jobs', relaxed: true, onError })
  const db = createPrisma(databaseUrl, { max: 6, onError })
  const sealer = createSealer(secretKey)
  const outbound = createOutbound({ allowPrivate, trustedBaseUrls: openai.baseUrl ? [openai.baseUrl] : [] })
  const sandbox = createSandbox()
  const plans = createPlanCache((graph) => {
    const compiled = compile(graph, specs, { tools: toolNames })
    return { plan: compiled.ok ? compiled.plan : null, problems: compiled.problems }
  })
  const models = createModelDesk({ book: (workspaceId) => connectionBook(base, workspaceId), outbound, simulatedPace })
  const limits = createLimits(pool, limitSettings)
  const reachOnce = (baseUrl: string) => outbound.fetchOnce(baseUrl) as ReturnType<Deps['reachOnce']>
  const base = {
    db,
    sealer,
    plans,
    limits,
    openai,
    report,
    shares: createShareDesk(),
    actors: createActorCache(),
    forgetModels: models.forget,
    reachOnce,
  }
  const runtimeDeps: RuntimeDeps = {
    pool,
    jobs,
    log: createEventLog(pool),
    hub: createHub((error) => report(error, { doing: 'live' })),
    clock: await createClock(pool),
    processId: randomUUID(),
    runs,
    models,
    tools: createToolRegistry(builtInDefinitions),
    request: outbound.request,
    runCode: sandbox.runCode,
    secret: async (workspaceId, name) => {
      const value = await readSecret(base, workspaceId, name)
      if (value === null) throw missingSecret(name)
      return value
    },
    planOf: async (workspaceId, graphHash) => {
      const compiled = await loadCompiled(base, workspaceId, graphHash)
      if (!compiled?.plan) throw new Error(`The graph ${graphHash} can't be run by this version.`)
      return compiled.plan
    },
    startChild: (child) => startChild(deps, child),
    random: Math.random,
    report,
  }
  const runtime = await createRuntime(runtimeDeps, options)
  const deps: Deps = { ...base, runtime }
  return {
    deps,
    runtime,
    pool,
    close: async () => {
      await runtime.stop()
      limits.close()
      await Promise.allSettled([sandbox.close(), outbound.close(), db.$disconnect(), jobs.end(), pool.end()])
    },
  }
}

export type Assembled = Awaited<ReturnType<typeof assemble>>

const missingSecret = (name: string): NodeError =>
  new NodeError({ code: 'missing_secret', message: `There is no secret called ${name}. Add it under Secrets.` })
