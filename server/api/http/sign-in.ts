import type { IncomingMessage, ServerResponse } from 'node:http'
import { send } from '@/server/api/http/answer'
import type { Guard } from '@/server/api/http/guard'
import { allow } from '@/server/api/http/limited'
import { readBody } from '@/server/api/http/read-body'
import { sessionCookieHeader } from '@/server/people/session-cookie'
import { spendSignInLink } from '@/server/people/spend-sign-in-link'
import type { Deps } from '@/server/use-case'

const tokenPattern = /^[\w-]{20,40}$/
/** Its own few rules: the page must work before anything of the product is loaded. The colours are those of app/globals.css. */
const style = `
:root{color-scheme:light dark;--page:#f7f8fa;--ink:#171a23;--soft:#4a5163;--accent:#5446e0;--on:#fff}
@media(prefers-color-scheme:dark){:root{--page:#0e1016;--ink:#e9ebf1;--soft:#b0b7c6;--accent:#9d94ff;--on:#12101f}}
body{margin:0;display:grid;place-content:center;min-height:90vh;padding:1rem;background:var(--page);color:var(--ink);font:15px/1.6 ui-sans-serif,system-ui,sans-serif}
main{display:grid;gap:1rem;justify-items:start;max-width:26rem}
h1{font-size:22px;margin:0}p{margin:0;color:var(--soft)}svg{width:40px;height:40px}
form{display:grid;gap:1rem;justify-items:start}
button{font:inherit;font-weight:500;padding:.5em 1.4em;border:0;border-radius:6px;background:var(--accent);color:var(--on);cursor:pointer}
button:focus-visible{outline:2px solid var(--accent);outline-offset:3px}code{font-family:ui-monospace,monospace;color:var(--ink);user-select:all}`
const mark =
  '<svg viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="8" fill="var(--accent)"/><path d="M11 21 25 7" stroke="var(--on)" stroke-width="2.5" stroke-linecap="round"/><circle cx="10" cy="22" r="4" fill="var(--on)"/></svg>'

/**
 * A link is only opened by GET and only spent by the POST of its button, so that what looks ahead (previews, scanners)
 * can't use it up. `same-origin` keeps the token from other sites and lets the form say where it comes from.
 */
const pageHeaders = {
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'referrer-policy': 'same-origin',
  'x-frame-options': 'DENY',
}

export async function answerSignIn(deps: Deps, guard: Guard, { request, response, query }: Visit): Promise<void> {
  guard.checkHost(request.headers)
  if (request.method === 'GET' || request.method === 'HEAD') {
    showPage(response, new URLSearchParams(query).get('token') ?? '')
    return
  }
  if (request.method !== 'POST') {
    page(response, 405, '<p>This page is opened or sent, nothing else.</p>')
    return
  }
  guard.checkChange(request.headers, 'none')
  const form = new URLSearchParams((await readBody(request, 4_096)).toString('utf8'))
  const token = form.get('token') ?? ''
  const look = async () => (tokenPattern.test(token) ? spendSignInLink(deps, token) : null)
  const guess = await deps.limits.guess('sign_in', deps.limits.addressOf(request), look)
  if (!guess.ok && /\btext\/html\b/.test(request.headers.accept ?? '')) {
    const headers = { 'retry-after': String(guess.retryAfterSeconds) }
    page(response, 429, '<p>There were too many links that lead nowhere. Wait a minute, then try again.</p>', headers)
    return
  }
  allow(guess)
  const session = guess.found
  if (session === null) {
    page(response, 403, `<p>This link was used already, or it is older than 15 minutes.</p>${howTo}`)
    return
  }
  const secure = request.headers.origin?.startsWith('https://') ?? false
  const headers = { location: '/', 'set-cookie': sessionCookieHeader(session, { secure }) }
  send(response, { status: 303, type: 'text/plain', content: '', headers })
}

type Visit = { request: IncomingMessage; response: ServerResponse; query: string }

const howTo = '<p>Make another one with <code>npm run -s baton -- link</code></p>'

function showPage(response: ServerResponse, token: string): void {
  const form = `<form method="post" action="/sign-in"><input type="hidden" name="token" value="${token}"><p>This link signs this browser in. It works once.</p><button autofocus>Sign in</button></form>`
  page(response, 200, tokenPattern.test(token) ? form : `<p>Baton is opened with a sign-in link.</p>${howTo}`)
}

function page(response: ServerResponse, status: number, body: string, headers: { [name: string]: string } = {}): void {
  const content = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><title>Sign in – Baton</title><style>${style}</style><main>${mark}<h1>Sign in to Baton</h1>${body}</main></html>`
  send(response, { status, type: 'text/html; charset=utf-8', content, headers: { ...pageHeaders, ...headers } })
}
