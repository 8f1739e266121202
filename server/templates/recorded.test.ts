import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isInline } from '@/engine/payload'
import type { RunEvent } from '@/engine/run/events'
import { openServer, type TestServer } from '@/server/api/testing/open-server'
import { cassetteEntries } from '@/server/runs/cassette-entries'
import { readLog } from '@/server/runs/read-events'
import { readRecorded } from '@/server/templates/read-recorded'
import { readTemplates } from '@/server/templates/read-templates'

/** Every template is played back from the log that ships with it: no model, no network, nobody asked. */
let server: TestServer
beforeAll(async () => {
  server = await openServer()
})
afterAll(async () => {
  expect(server.reports).toEqual([])
  await server.close()
})

const { templates } = await readTemplates()

async function recordedOf(id: string) {
  const recorded = await readRecorded(id)
  expect(recorded, `templates/recorded/${id}.json is missing. ${again(id)}`).not.toBeNull()
  return recorded ?? { recorded: 1 as const, input: {}, events: [] }
}

const again = (id: string) =>
  `The template and its recorded run differ. If the change is meant, bring templates/answers/${id}.yaml up to date and run: npm run record-templates -- ${id}`

const nothingLarge = () => Promise.reject(new Error('A recorded log has every value inside it.'))

async function replay(id: string): Promise<readonly RunEvent[]> {
  const { events, input } = await recordedOf(id)
  const file = { cassette: 1, entries: await cassetteEntries(events, nothingLarge) }
  const graph = templates.find((template) => template.id === id)?.graph
  const body = { graph, input, cassette: { mode: 'replay', file }, wait: 15 }
  const run = await server.ask<{ id: string; status: string; error: unknown }>('/api/v1/runs', { body })
  expect({ status: run.body.status, error: run.body.error }, again(id)).toEqual({ status: 'completed', error: null })
  return readLog(server.deps, run.body.id)
}

const fleeting = new Set([
  'at',
  'startedAt',
  'until',
  'idempotencyKey',
  'taken',
  'request',
  'seq',
  'trigger',
  'deadline',
])
/** A value is the same if its hash is: a large one is inside in the file and in a table on the server. */
const plain = (key: string, value: unknown) =>
  fleeting.has(key) ? undefined : typeof value === 'object' && value !== null && 'hash' in value ? value.hash : value

/** What happened, in no order: side by side, a replay may finish things in another one. */
const story = (events: readonly RunEvent[]) => events.map((event) => JSON.stringify(event, plain)).sort()

const outputOf = (events: readonly RunEvent[]) => {
  const last = events.at(-1)
  return last?.type === 'run.completed' && isInline(last.output) ? last.output.inline : null
}

describe('the recorded run', () => {
  test.each(templates.map(({ id }) => id))('of %s is played back to the same end by the same events', async (id) => {
    const replayed = await replay(id)
    const { events } = await recordedOf(id)
    expect(story(replayed), again(id)).toEqual(story(events))
  })

  test.each(templates.map(({ id, graph }) => [id, graph] as const))(
    'of %s is of its sample input, and its result is worth reading',
    async (id, { template }) => {
      const { events, input } = await recordedOf(id)
      expect(input, again(id)).toEqual(template?.sampleInput)
      const text = JSON.stringify(outputOf(events))
      expect(text.length).toBeGreaterThan(200)
      expect(text).not.toMatch(/\{\{|\}\}|\[object/)
    },
  )

  test.each(templates.map(({ id, graph }) => [id, graph] as const))(
    'of %s cost no more than the template says, nor much less',
    async (id, { template }) => {
      const { events } = await recordedOf(id)
      const cost = events.reduce(
        (sum, event) => sum + (event.type === 'step.completed' ? (event.usage?.cost ?? 0) : 0),
        0,
      )
      const said = template?.estimatedCost ?? 0
      // Models say more than a sample that is made to be read.
      expect(said).toBeGreaterThanOrEqual(cost)
      expect(said).toBeLessThan(cost * 6)
    },
  )
})
