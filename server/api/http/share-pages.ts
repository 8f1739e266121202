import type { IncomingMessage, ServerResponse } from 'node:http'
import { z } from 'zod'
import { printYaml } from '@/engine/graph/print'
import { sharePassword } from '@/engine/share/options'
import { specs } from '@/nodes/registry/specs'
import { send } from '@/server/api/http/answer'
import type { Guard } from '@/server/api/http/guard'
import { allow } from '@/server/api/http/limited'
import { EdgeError } from '@/server/api/http/problem'
import { parseInput, readObject } from '@/server/api/http/read-input'
import { countView } from '@/server/shares/count-view'
import type { ShareFeed } from '@/server/shares/feed'
import { findShare, type OpenShare } from '@/server/shares/find-share'
import { makeProjection, slimmed } from '@/server/shares/make-projection'
import { isPassword, isProof, proofOf } from '@/server/shares/password'
import { proofCookies, proofInCookie } from '@/server/shares/proof-cookie'
import type { Deps } from '@/server/use-case'
import { slugOf } from '@/server/workflows/slug'

const address = /^\/s\/([^/.]{1,200})(?:\.(json|yaml)|\/(unlock|views)|\/values\/([^/]{1,100}))$/

/** The page itself (`/s/<token>`) is drawn like any other; this is what it is made of. */
export const isSharePath = (path: string): boolean => address.test(path)

/** Search engines stay away, other sites learn nothing of the address. */
export const shareHeaders = { 'x-robots-tag': 'noindex, nofollow', 'referrer-policy': 'no-referrer' } as const

type Visit = { request: IncomingMessage; response: ServerResponse; path: string; query: string }

/** What a link serves to whoever has it. No graph, run or credential is taken from a visitor: the address says it all. */
export async function answerShare(deps: Deps, guard: Guard, visit: Visit): Promise<string> {
  const { request, response, path, query } = visit
  for (const [name, value] of Object.entries(shareHeaders)) response.setHeader(name, value)
  guard.checkHost(request.headers)
  const [, token = '', file, action, key] = address.exec(path) ?? []
  checkMethod(request, action === undefined ? ['GET', 'HEAD'] : ['POST'])
  if (action !== undefined && !guard.isOriginAllowed(request.headers))
    throw new EdgeError('wrong_origin', 'The request comes from a page of another site.')
  const share = await shareAt(deps, request, token)
  if (action === 'unlock') return unlock(deps, visit, { share, token })
  const proof = checkProof(request, share, token)
  const feed = await deps.shares.feedOf(deps, share)
  if (!feed) throw nothingHere()
  if (action === 'views') {
    await countView(deps, share.id)
    send(response, { status: 204, body: null })
    return '/s/views'
  }
  if (key !== undefined) return sendValue(response, feed, key)
  if (file === 'yaml') return sendYaml(response, feed)
  const projection = await makeProjection(share, feed)
  const slim = new URLSearchParams(query).get('slim') === '1'
  // The page says itself that it was opened; a program opens a link by reading all of it.
  if (!slim) await countView(deps, share.id)
  // A page that was let in by its cookie does not see it, and has to tell the socket the proof.
  if (proof !== null) response.setHeader('x-share-proof', proof)
  send(response, { status: 200, body: slim ? slimmed(projection) : projection })
  return '/s/json'
}

/** An ended link, one that never was and a text that could be none: nobody can tell them apart. */
const nothingHere = () => new EdgeError('not_found', 'There is nothing at this address.')

async function shareAt(deps: Deps, request: IncomingMessage, token: string): Promise<OpenShare> {
  const guess = await deps.limits.guess('share', deps.limits.addressOf(request), () => findShare(deps, token))
  allow(guess)
  if (!guess.found) throw nothingHere()
  return guess.found
}

function checkMethod({ method = '' }: IncomingMessage, allowed: readonly string[]): void {
  if (allowed.includes(method)) return
  const list = allowed.join(', ')
  throw new EdgeError('method_not_allowed', `Allowed here: ${list}.`, { headers: { allow: list } })
}

/** Null where there is no password. */
function checkProof({ headers }: IncomingMessage, { passwordHash }: OpenShare, token: string): string | null {
  if (passwordHash === null) return null
  const header = headers['x-share-proof']
  const proof = typeof header === 'string' ? header : proofInCookie(headers.cookie, token)
  if (!isProof(proof, token, passwordHash)) throw new EdgeError('password_required', 'This link has a password.')
  return proof
}

const Unlock = z.strictObject({ password: z.string().max(sharePassword.maxLength ?? 200) })

async function unlock(
  deps: Deps,
  { request, response }: Visit,
  { share, token }: { share: OpenShare; token: string },
): Promise<string> {
  const { password } = parseInput(Unlock, { ...(await readObject(request)) }) as z.infer<typeof Unlock>
  const { passwordHash } = share
  if (passwordHash === null) throw nothingHere()
  const subject = `${share.id} ${deps.limits.addressOf(request)}`
  const look = async () => ((await isPassword(password, passwordHash)) ? proofOf(token, passwordHash) : null)
  const guess = await deps.limits.guess('share_password', subject, look)
  allow(guess)
  if (guess.found === null) throw new EdgeError('wrong_password', 'This is not the password.')
  const secure = request.headers.origin?.startsWith('https://') === true
  response.setHeader('set-cookie', proofCookies(token, guess.found, { secure }))
  send(response, { status: 200, body: { proof: guess.found } })
  return '/s/unlock'
}

async function sendValue(response: ServerResponse, feed: ShareFeed, key: string): Promise<string> {
  // The visitor may have heard of it live before anybody read the log here.
  if (!feed.values.has(key)) await feed.catchUp()
  const value = feed.values.get(key)
  if (value === undefined) throw nothingHere()
  send(response, { status: 200, body: { value } })
  return '/s/values'
}

function sendYaml(response: ServerResponse, { graph }: ShareFeed): string {
  send(response, {
    status: 200,
    type: 'application/yaml; charset=utf-8',
    content: printYaml(graph, specs),
    headers: { 'content-disposition': `attachment; filename="${slugOf(graph.name)}.yaml"` },
  })
  return '/s/yaml'
}
