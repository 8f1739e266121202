import type { BenchGraph } from '@/bench/baton/graphs'

export type Run = { id: string; status: string; output: unknown; nodes: readonly { path: string; status: string }[] }
export type RunEvent = { seq: number; at: number | string; type: string; path?: string }

export type Api = {
  publish: (graph: BenchGraph) => Promise<string>
  run: (workflowId: string, waitSeconds?: number) => Promise<Run>
  get: <T>(path: string) => Promise<T>
  post: <T>(path: string, body?: object) => Promise<T>
  events: (runId: string) => Promise<RunEvent[]>
}

/** What runs are started with, here and by the load generator. */
export const runBody = (wait: number | undefined) =>
  JSON.stringify({ input: { topic: 'tea' }, ...(wait === undefined ? {} : { wait }) })

export function createApi(base: string, key: string): Api {
  const call = async <T>(method: string, path: string, body?: string): Promise<T> => {
    const response = await fetch(base + path, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 1_000)}`)
    return JSON.parse(text) as T
  }
  const post = <T>(path: string, body?: object) =>
    call<T>('POST', path, body === undefined ? undefined : JSON.stringify(body))
  const get = <T>(path: string) => call<T>('GET', path)

  return {
    get,
    post,
    publish: async (graph) => {
      const { id } = await post<{ id: string }>('/workflows', { graph })
      await post(`/workflows/${id}/publish`)
      return id
    },
    run: (workflowId, wait) => call<Run>('POST', `/workflows/${workflowId}/runs`, runBody(wait)),
    events: async (runId) => {
      const all: RunEvent[] = []
      for (;;) {
        const after = all.at(-1)?.seq ?? 0
        const { events } = await get<{ events: RunEvent[] }>(`/runs/${runId}/events?after=${after}`)
        if (events.length === 0) return all
        all.push(...events)
      }
    },
  }
}
