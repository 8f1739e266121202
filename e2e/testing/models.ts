import { expect } from 'vitest'
import { type ModelServer, type ModelServerOptions, startModelServer } from '@/server/models/testing/model-server'
import type { Api, Body } from './api'
import { word } from './chance'

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
  return Object.assign(server, { connection })
}

/** The name by which an agent asks for it. */
export const modelOf = ({ connection }: Endpoint) => `${connection}/test-model`
