import { isJsonObject, type Json, type JsonObject } from '@/engine/json'
import { isInline, type Ref } from '@/engine/payload'
import type { RunEvent } from '@/engine/run/events'
import { openServer, type TestServer } from '@/server/api/testing/open-server'
import { until } from '@/server/db/embedded/process'
import { startModelServer } from '@/server/models/testing/model-server'
import { readLog } from '@/server/runs/read-events'
import { readPayload } from '@/server/runs/read-payload'
import type { Recorded } from '@/server/templates/read-recorded'
import type { Template } from '@/server/templates/read-templates'
import { type Answers, readAnswers } from '@/server/templates/testing/answers'
import { writtenScript } from '@/server/templates/testing/written-script'

type Run = {
  id: string
  status: string
  error: { message: string; path?: string } | null
  waitingFor: { path: string; reason: string }[]
}

/** One US dollar a million tokens in, four out: what the estimates of the templates are made with. */
const prices = { sample: { input: 1, output: 4 } }
/** So long a person looks at what is asked. */
const readingMs = 1_500

/** Runs a template with its sample input on a real server, with the answers that are written for it, and takes the log. */
export async function recordRun({ id, graph }: Template): Promise<Recorded> {
  const answers = await readAnswers(id)
  const written = writtenScript(answers)
  const models = await startModelServer({ script: written.script, models: ['sample'] })
  const server = await openServer()
  try {
    await server.ask('/api/v1/connections', {
      body: { name: 'recorded', baseUrl: models.url, models: ['sample'], prices },
    })
    const run = await finish(server, await begin(server, id, graph.template?.sampleInput ?? {}), answers)
    if (run.status !== 'completed' || written.missing.length > 0)
      throw new Error(`${id} ${run.status}: ${JSON.stringify(run.error)}\n${written.missing.join('\n\n')}`)
    const unused = unusedOf(answers, written.used)
    if (unused.length > 0) throw new Error(`${id}: nobody asked for the answers ${unused.join(', ')}`)
    return { recorded: 1, input: graph.template?.sampleInput ?? {}, events: await wholeLog(server, run.id) }
  } finally {
    await server.close()
    await models.close()
  }
}

const unusedOf = (answers: Answers, used: ReadonlySet<string>): string[] =>
  (['answers', 'child'] as const).flatMap((shelf) =>
    Object.keys(answers[shelf]).filter((where) => !used.has(`${shelf} ${where}`)),
  )

async function begin(server: TestServer, id: string, input: JsonObject): Promise<string> {
  const used = await server.ask<{ workflowId: string }>(`/api/v1/templates/${id}/use`, { body: {} })
  const path = `/api/v1/workflows/${used.body.workflowId}/runs`
  const started = await server.ask<Run>(path, { body: { version: 'draft', input, cassette: { mode: 'record' } } })
  if (started.status !== 202) throw new Error(`${id} does not start: ${started.text}`)
  return started.body.id
}

const openApprovals = ({ waitingFor }: Run, decided: ReadonlySet<string>) =>
  waitingFor.filter(({ path, reason }) => reason === 'approval' && !decided.has(path))

/** Decides what is asked until the run is over. */
async function finish(server: TestServer, id: string, { decisions }: Answers): Promise<Run> {
  const decided = new Set<string>()
  for (;;) {
    let run = (await server.ask<Run>(`/api/v1/runs/${id}`)).body
    const isThere = async () => {
      run = (await server.ask<Run>(`/api/v1/runs/${id}`)).body
      return (
        ['completed', 'failed', 'cancelled', 'paused'].includes(run.status) || openApprovals(run, decided).length > 0
      )
    }
    if (!(await until(isThere, 300_000, 50))) throw new Error(`${id} does not end: ${JSON.stringify(run)}`)
    const [asked] = openApprovals(run, decided)
    if (asked === undefined) return run
    await new Promise((resolve) => setTimeout(resolve, readingMs))
    const body = decisions[asked.path]
    if (body === undefined) throw new Error(`No decision is written for ${asked.path}.`)
    await server.ask(`/api/v1/runs/${id}/approvals/${encodeURIComponent(asked.path)}`, { body })
    decided.add(asked.path)
  }
}

async function wholeLog({ deps, home }: TestServer, runId: string): Promise<RunEvent[]> {
  const load = (hash: string) => readPayload(deps, home.workspaceId, hash)
  const events = await readLog(deps, runId)
  return Promise.all(
    events.map(async (event) => (await withValues(event as unknown as Json, load)) as unknown as RunEvent),
  )
}

const isRef = (value: JsonObject): value is JsonObject & Ref =>
  typeof value.hash === 'string' && typeof value.size === 'number' && ('inline' in value || 'preview' in value)

/** The file has no payload table beside it: every value travels inside its event. */
async function withValues(value: Json, load: (hash: string) => Promise<Json>): Promise<Json> {
  if (Array.isArray(value)) return Promise.all(value.map((item) => withValues(item, load)))
  if (!isJsonObject(value)) return value
  if (isRef(value)) {
    const { hash, size } = value
    return { hash, size, inline: isInline(value) ? value.inline : await load(hash) }
  }
  const entries = Object.entries(value).map(async ([key, inner]) => [key, await withValues(inner, load)] as const)
  return Object.fromEntries(await Promise.all(entries))
}
