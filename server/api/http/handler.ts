import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { send, sendProblem } from '@/server/api/http/answer'
import type { Guard } from '@/server/api/http/guard'
import { allow } from '@/server/api/http/limited'
import { createMatcher } from '@/server/api/http/match'
import { openPages } from '@/server/api/http/open-pages'
import { EdgeError, problemOf, problemOfRefusal } from '@/server/api/http/problem'
import { ClientGone, drain } from '@/server/api/http/read-body'
import { parseInput, readInput } from '@/server/api/http/read-input'
import type { Route } from '@/server/api/http/route'
import { answerShare, isSharePath } from '@/server/api/http/share-pages'
import { answerSignIn } from '@/server/api/http/sign-in'
import { answerSignOut } from '@/server/api/http/sign-out'
import { createMetrics, type Metrics } from '@/server/api/metrics'
import { allRoutes } from '@/server/api/routes/all-routes'
import { answerTrpc, trpcPrefix } from '@/server/api/trpc/handler'
import { type Identity, resolveActor } from '@/server/people/resolve-actor'
import { type Deps, refusalOf } from '@/server/use-case'

export type ApiOptions = { guard: Guard; version: string; metrics?: Metrics }

/** Answers what belongs to the API and says so; everything else (false) is a page. */
export type Api = (request: IncomingMessage, response: ServerResponse) => boolean

type Call = { request: IncomingMessage; response: ServerResponse; path: string; query: string }

const prefix = '/api/v1'

export function createApi(deps: Deps, { guard, version, metrics = createMetrics() }: ApiOptions): Api {
  const find = createMatcher(allRoutes)
  const pages = openPages(metrics, version)

  const answer = async (call: Call): Promise<string> => {
    const { request, response, path, query } = call
    const page = pages.get(path)
    if (page) {
      if (!isRead(request)) throw notAllowed(['GET'])
      if (!page.hostFree) guard.checkHost(request.headers)
      allow(deps.limits.use('page', deps.limits.addressOf(request)))
      await page.answer(deps, call)
      return path
    }
    if (isSharePath(path)) return answerShare(deps, guard, call)
    if (path === '/sign-in') {
      await answerSignIn(deps, guard, { request, response, query })
      return path
    }
    guard.checkHost(request.headers)
    if (path === trpcPrefix || path.startsWith(`${trpcPrefix}/`)) {
      await answerTrpc(deps, { ...call, identity: await identify(deps, guard, request) })
      return trpcPrefix
    }
    if (path === `${prefix}/session`) {
      if (request.method !== 'DELETE') throw notAllowed(['DELETE'])
      await identify(deps, guard, request)
      await answerSignOut(deps, call)
      return path
    }
    const method = request.method === 'HEAD' ? 'GET' : (request.method ?? '')
    const match = path.startsWith(`${prefix}/`) ? find(method, path.slice(prefix.length)) : ({ type: 'none' } as const)
    if (match.type === 'none') throw new EdgeError('not_found', 'There is nothing at this address.')
    if (match.type === 'wrong_method') throw notAllowed(match.allowed)
    await answerRoute(deps, { ...call, guard, route: match.route, params: match.params })
    return `${method} ${match.route.path}`
  }

  const handle = async (call: Call): Promise<void> => {
    const began = performance.now()
    let label = 'refused'
    try {
      label = await answer(call)
    } catch (error) {
      answerError(deps, call, error)
    }
    drain(call.request)
    metrics.answered(label, call.response.statusCode, (performance.now() - began) / 1_000)
  }

  return (request, response) => {
    const url = request.url ?? '/'
    const mark = url.indexOf('?')
    const path = mark < 0 ? url : url.slice(0, mark)
    if (!path.startsWith('/api/') && path !== '/sign-in' && !pages.has(path) && !isSharePath(path)) return false
    void handle({ request, response, path, query: mark < 0 ? '' : url.slice(mark + 1) })
    return true
  }
}

const isRead = ({ method }: IncomingMessage): boolean => method === 'GET' || method === 'HEAD'

const notAllowed = (allowed: readonly string[]) =>
  new EdgeError('method_not_allowed', `Allowed here: ${allowed.join(', ')}.`, {
    headers: { allow: allowed.join(', ') },
  })

/** Who asks, once Origin fits the way in which they say so. */
async function identify(deps: Deps, guard: Guard, request: IncomingMessage): Promise<Identity> {
  const { authorization, cookie } = request.headers
  // Before anything is looked up: a foreign page learns nothing, not even whether somebody is signed in here.
  if (!isRead(request)) guard.checkChange(request.headers, authorization === undefined ? 'session' : 'key')
  const identity = await resolveActor(deps, { authorization, cookie })
  if (!identity) {
    allow(deps.limits.use('wrong_key', deps.limits.addressOf(request)))
    throw new EdgeError('unauthorized', 'Sign in, or send an API key: `Authorization: Bearer baton_…`.')
  }
  const { keyId, userId } = identity.actor
  allow(deps.limits.use('api', keyId ?? userId ?? ''))
  return identity
}

type RouteCall = Call & { guard: Guard; route: Route; params: { readonly [name: string]: string } }

async function answerRoute(deps: Deps, { request, response, query, guard, route, params }: RouteCall): Promise<void> {
  const { actor } = await identify(deps, guard, request)
  if (route.sort === 'raw') {
    const given = { ...Object.fromEntries(new URLSearchParams(query)), ...params }
    const input = route.input === null ? null : parseInput(route.input, given, Object.keys(params))
    return route.run(deps, { request, response, actor, input, params })
  }
  const input = route.input === null ? null : await readInput(request, route.input, { params, query })
  const outcome = await route.run(deps, actor, input)
  if (outcome.ok) send(response, outcome.value)
  else sendProblem(response, problemOfRefusal(outcome))
}

function answerError(deps: Deps, { request, response, path }: Call, error: unknown): void {
  if (error instanceof ClientGone) return
  if (error instanceof EdgeError) {
    sendProblem(response, error.problem, error.headers)
    return
  }
  const refusal = refusalOf(error)
  if (refusal) {
    sendProblem(response, problemOfRefusal(refusal))
    return
  }
  const id = randomUUID()
  deps.report(error, { id, method: request.method ?? '', path })
  sendProblem(
    response,
    problemOf('internal', `Something went wrong on the server; it was logged as ${id}.`, { extra: { id } }),
  )
}
