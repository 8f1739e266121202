import { expect } from 'vitest'
import { until } from '@/server/db/embedded/process'
import { type RunningBaton, runCommand, type Settings } from './baton'
import type { Graph } from './graph'

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
export type Body = { [key: string]: Json }

export type Answer<T = Body> = { status: number; headers: Headers; text: string; body: T }

export type Run = {
  id: string
  status: string
  input: Json
  output: Json
  error: { code: string; message: string; path?: string } | null
  paused: { reason: string; detail: string | null } | null
  usage: { inputTokens: number; outputTokens: number; cost: number | null; steps: number }
  simulated: boolean
  version: number | null
  waitingFor: { path: string; reason: string; title?: string; tool?: string; fields?: Json; until?: string }[]
  createdAt: string
  startedAt: string | null
  finishedAt: string | null
  nodes: {
    path: string
    id: string
    kind: string
    status: string
    attempt: number
    startedAt: string | null
    finishedAt: string | null
    error?: { code: string; message: string }
    outputPreview?: string
  }[]
}

export type Event = { seq: number; at: string; type: string; path?: string; step?: string; kind?: string } & Body

export type Asking = { headers?: Record<string, string>; key?: string | null; raw?: string | Uint8Array<ArrayBuffer> }

export type Api = Awaited<ReturnType<typeof openApi>>

/** REST as a program uses it, with a key that the command line made. */
export async function openApi(baton: Pick<RunningBaton, 'origin' | 'settings'>, role = 'owner') {
  return apiWith(baton.origin, await makeKey(baton.settings, role))
}

export async function makeKey(settings: Settings, role = 'owner'): Promise<string> {
  const { code, out, err } = await runCommand(settings, 'keys', 'create', '--name', `e2e ${role}`, '--role', role)
  expect({ code, err }).toEqual({ code: 0, err: '' })
  return out.trim()
}

const isWhole = (path: string) => path.startsWith('/api') || path.startsWith('/schema')

function asking(origin: string, key: string) {
  return async <T = Body>(method: string, path: string, body?: unknown, more: Asking = {}): Promise<Answer<T>> => {
    const content = more.raw ?? (body === undefined ? undefined : JSON.stringify(body))
    const used = more.key === undefined ? key : more.key
    const response = await fetch(`${origin}${isWhole(path) ? '' : '/api/v1'}${path}`, {
      method,
      redirect: 'manual',
      ...(content === undefined ? {} : { body: content }),
      headers: {
        ...(used === null ? {} : { authorization: `Bearer ${used}` }),
        ...(content === undefined ? {} : { 'content-type': 'application/json' }),
        ...more.headers,
      },
    })
    const text = await response.text()
    const isJson = /json/.test(response.headers.get('content-type') ?? '')
    return { status: response.status, headers: response.headers, text, body: (isJson ? JSON.parse(text) : null) as T }
  }
}

/** The body of an answer that has to have this status. */
async function bodyOf<T>(status: number, answer: Promise<Answer<T>>): Promise<T> {
  const { status: found, text, body } = await answer
  expect({ status: found, text: found === status ? '' : text }).toEqual({ status, text: '' })
  return body
}

export function apiWith(origin: string, key: string) {
  const ask = asking(origin, key)
  const get = <T = Body>(path: string): Promise<T> => bodyOf(200, ask<T>('GET', path))
  const post = <T = Body>(path: string, body?: unknown) => ask<T>('POST', path, body)
  const untilRun = async (id: string, isThere: (run: Run) => boolean, ms = 20_000): Promise<Run> => {
    let run = await get<Run>(`/runs/${id}`)
    const look = async () => {
      run = await get<Run>(`/runs/${id}`)
      return isThere(run)
    }
    if (isThere(run) || (await until(look, ms, 25))) return run
    throw new Error(`The run did not get there: ${JSON.stringify(run, null, 1)}`)
  }
  return {
    origin,
    key,
    ask,
    get,
    post,
    put: <T = Body>(path: string, body?: unknown) => ask<T>('PUT', path, body),
    events: (id: string) => wholeLog(get, id),
    /** A run, as it stands when it has settled. */
    run: (graph: Graph, body: Body = {}) => bodyOf(200, post<Run>('/runs', { graph, wait: 60, ...body })),
    /** Only accepted. */
    begin: async (graph: Graph, body: Body = {}) =>
      (await bodyOf(202, post<{ id: string }>('/runs', { graph, ...body }))).id,
    workflow: async (graph: Graph): Promise<string> => {
      const { id } = await bodyOf(201, post<{ id: string }>('/workflows', { graph }))
      await bodyOf(200, post(`/workflows/${id}/publish`))
      return id
    },
    untilRun,
    untilStatus: (id: string, ...statuses: string[]) => untilRun(id, ({ status }) => statuses.includes(status)),
  }
}

type Page = { events: Event[]; next: number | null }

async function wholeLog(get: (path: string) => Promise<Page>, id: string): Promise<Event[]> {
  const all: Event[] = []
  for (;;) {
    const { events, next } = await get(`/runs/${id}/events?after=${all.at(-1)?.seq ?? 0}`)
    all.push(...events)
    if (next === null || events.length === 0) return all
  }
}

export const ended = ['completed', 'failed', 'cancelled']
