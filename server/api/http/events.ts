import type { IncomingMessage, ServerResponse } from 'node:http'
import { send, sendProblem } from '@/server/api/http/answer'
import { problemOfRefusal } from '@/server/api/http/problem'
import type { Exchange } from '@/server/api/http/route'
import type { Actor } from '@/server/people/actor'
import { resolveActor } from '@/server/people/resolve-actor'
import { viewEvent } from '@/server/runs/event-view'
import { followRun } from '@/server/runs/follow-run'
import { listEvents } from '@/server/runs/list-events'
import type { Deps } from '@/server/use-case'

/** A page of the log, or the log as it grows for those who accept an event stream. */
export async function answerEvents(deps: Deps, exchange: Exchange): Promise<void> {
  const { request, response, actor } = exchange
  const asked = exchange.input as { id: string; after: number }
  const isStream = /\btext\/event-stream\b/i.test(request.headers.accept ?? '')
  const after = isStream ? Math.max(asked.after, lastSeen(request.headers['last-event-id'])) : asked.after
  const page = await listEvents(deps, actor, { ...asked, after })
  if (!page.ok) {
    sendProblem(response, problemOfRefusal(page))
    return
  }
  if (!isStream) {
    send(response, { status: 200, body: page.value })
    return
  }
  // A browser that comes back for what has ended is told by this status to stay away.
  if (page.value.events.length === 0 && page.value.next === null) {
    send(response, { status: 204, body: null })
    return
  }
  await stream(deps, exchange, { id: asked.id, after })
}

const lastSeen = (header: string | string[] | undefined): number => {
  const text = typeof header === 'string' ? header : ''
  return /^\d{1,9}$/.test(text) ? Number(text) : 0
}

async function stream(
  deps: Deps,
  { request, response, actor }: Exchange,
  { id, after }: { id: string; after: number },
): Promise<void> {
  const left = new AbortController()
  response.once('close', () => left.abort())
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-accel-buffering': 'no',
  })
  response.flushHeaders()
  try {
    for await (const events of followRun(deps, actor, { id, after, signal: left.signal })) {
      if (left.signal.aborted) return
      if (!(await isStillIn(deps, request, actor))) break
      const text = events.map((event) => `id: ${event.seq}\ndata: ${JSON.stringify(viewEvent(event))}\n\n`).join('')
      await write(response, text === '' ? ': alive\n\n' : text, left.signal)
    }
  } catch (error) {
    // The status is out already. Closing makes the other side come back from the last id it has.
    deps.report(error, { run: id })
    response.destroy()
    return
  }
  response.end()
}

/** A key or session may end while the stream goes on. A database that can't be asked gives and takes nothing. */
async function isStillIn(deps: Deps, { headers }: IncomingMessage, { workspaceId }: Actor): Promise<boolean> {
  const { authorization, cookie } = headers
  const identity = resolveActor(deps, { authorization, cookie }).then((found) => found?.actor.workspaceId)
  return (await identity.catch(() => workspaceId)) === workspaceId
}

/** Resolves once the other side takes more. */
function write(response: ServerResponse, text: string, signal: AbortSignal): Promise<void> {
  if (signal.aborted || response.write(text)) return Promise.resolve()
  return new Promise((resolve) => {
    const go = () => {
      response.off('drain', go)
      signal.removeEventListener('abort', go)
      resolve()
    }
    response.on('drain', go)
    signal.addEventListener('abort', go)
  })
}
