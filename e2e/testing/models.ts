import { expect } from 'vitest'
import { until } from '@/server/db/embedded/process'
import { type ModelServer, type ModelServerOptions, startModelServer } from '@/server/models/testing/model-server'
import type { Api, Body } from './api'
import { word } from './chance'
import { chainOf, inputOf, node } from './graph'

export type Endpoint = ModelServer & { connection: string }

/** A model endpoint of one's own, known to Baton under a name that nobody could guess. */
export async function connectModel(api: Api, more: Body = {}, options: ModelServerOptions = {}): Promise<Endpoint> {
  const server = await startModelServer(options)
  const connection = word('peer')
  const made = await api.post('/connections', {
    name: connection,
    baseUrl: server.url,
    key: word('sk-'),
    models: ['test-model'],
    ...more,
  })
  expect(made.status).toBe(201)
  const endpoint = Object.assign(server, { connection })
  await untilUsed(api, modelOf(endpoint))
  server.requests.length = 0
  return endpoint
}

/** Each process looks at its connections about once a second. */
export async function untilUsed(api: Api, model: string): Promise<void> {
  const probe = chainOf(inputOf(), node('probe', 'agent', { model, prompt: 'Are you there?' }, { retry: { max: 0 } }))
  expect(await until(async () => (await api.run(probe)).status === 'completed', 5_000, 100)).toBe(true)
}

/** The name by which an agent asks for it. */
export const modelOf = ({ connection }: Endpoint) => `${connection}/test-model`
