import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openServer, type TestServer } from '@/server/api/testing/open-server'
import { until } from '@/server/db/embedded/process'
import { readTemplates } from '@/server/templates/read-templates'

type Run = {
  id: string
  status: string
  output: unknown
  error: unknown
  simulated: boolean
  waitingFor: { path: string; reason: string }[]
}

let server: TestServer
beforeAll(async () => {
  server = await openServer()
})
afterAll(async () => {
  expect(server.reports).toEqual([])
  await server.close()
})

const { templates } = await readTemplates()
const patience = 15

/** Over, or only a person can help: with something that nobody has decided yet. */
function isSettled({ status, waitingFor }: Run, decided: ReadonlySet<string>): boolean {
  if (status !== 'waiting') return !['queued', 'running'].includes(status)
  return waitingFor.every(({ path, reason }) => reason === 'approval' && !decided.has(path))
}

async function settled(id: string, decided: ReadonlySet<string> = new Set()): Promise<Run> {
  const look = async () => (await server.ask<Run>(`/api/v1/runs/${id}`)).body
  let latest = await look()
  const isOver = async () => {
    latest = await look()
    return isSettled(latest, decided)
  }
  await until(isOver, patience * 1_000)
  return latest
}

/** Starts a fresh copy with its sample input; over HTTP, as anybody would. */
async function start(id: string): Promise<Run> {
  const sampleInput = templates.find((template) => template.id === id)?.graph.template?.sampleInput
  const used = await server.ask<{ workflowId: string }>(`/api/v1/templates/${id}/use`, { body: {} })
  expect(used.status).toBe(201)
  const path = `/api/v1/workflows/${used.body.workflowId}/runs`
  const answer = await server.ask<Run>(path, { body: { version: 'draft', input: sampleInput } })
  expect(answer.status).toBe(202)
  return settled(answer.body.id)
}

/** Says yes to everything until the run is over. */
async function approveAll(run: Run): Promise<Run> {
  const decided = new Set<string>()
  let latest = run
  while (latest.status === 'waiting' && decided.size < 10) {
    for (const { path } of latest.waitingFor) {
      const url = `/api/v1/runs/${latest.id}/approvals/${encodeURIComponent(path)}`
      expect((await server.ask(url, { body: { decision: 'approved' } })).status).toBe(202)
      decided.add(path)
    }
    latest = await settled(latest.id, decided)
  }
  return latest
}

/** Every text in a value. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

describe('with its sample input and the simulated model', () => {
  test.each(templates.map(({ id }) => id))(
    '%s ends or asks a person, and ends once everything is approved',
    async (id) => {
      const first = await start(id)
      expect(first.simulated).toBe(true)
      expect(first.error).toBeNull()
      expect(['completed', 'waiting']).toContain(first.status)
      const last = await approveAll(first)
      expect(last).toMatchObject({ status: 'completed', error: null })
      const texts = textsIn(last.output)
      expect(JSON.stringify(last.output).length).toBeGreaterThan(150)
      // What a template leaves behind when it refers to something that isn't there, or prints a whole object.
      for (const text of texts) expect(text).not.toMatch(/\{\{|\}\}|\[object|\{"/)
      if (process.env.DUMP)
        console.log(
          `=== ${id} ${first.status}\n${typeof last.output === 'string' ? last.output : JSON.stringify(last.output, null, 1)}`,
        )
    },
  )
})
