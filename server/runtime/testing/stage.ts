import type { Settings } from '@/server/boot/assemble'
import { type ModelServer, type Script, startModelServer } from '@/server/models/testing/model-server'
import { type LocalServer, listenLocally } from '@/server/outbound/testing/local-server'
import { openPlace, type Place } from './place'

export type Arrived = { method: string; key: string; at: number }

/** A runtime with a scripted model endpoint and a web address that takes note of who came. */
export type Stage = {
  place: Place
  models: ModelServer
  sink: LocalServer
  arrived: Arrived[]
  close: () => Promise<void>
}

type Answer = (n: number) => { status?: number; hang?: boolean; headers?: { [name: string]: string } }

export async function openStage({
  script,
  answer = () => ({}),
  ...more
}: { script?: Script; answer?: Answer; url?: string } & Partial<Settings> = {}): Promise<Stage> {
  const models = await startModelServer({ keep: 1_000_000, ...(script ? { script } : {}) })
  const arrived: Arrived[] = []
  const sink = await listenLocally((request, response) => {
    const n = arrived.push({
      method: request.method ?? '',
      key: String(request.headers['idempotency-key'] ?? ''),
      at: Date.now(),
    })
    const { status = 200, hang = false, headers = {} } = answer(n)
    if (!hang) response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify({ n }))
  })
  const place = await openPlace({
    openai: { apiKey: 'sk-test', baseUrl: models.url, model: 'test-model' },
    allowPrivate: [sink.host],
    ...more,
  })
  return {
    place,
    models,
    sink,
    arrived,
    close: async () => {
      await place.close()
      await models.close()
      sink.close()
    },
  }
}
