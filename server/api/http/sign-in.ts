import type { IncomingMessage, ServerResponse } from 'node:http'
import { send } from '@/server/api/http/answer'
import type { Guard } from '@/server/api/http/guard'
import { readBody } from '@/server/api/http/read-body'
import { sessionCookieHeader } from '@/server/people/session-cookie'
import { spendSignInLink } from '@/server/people/spend-sign-in-link'
import type { Deps } from '@/server/use-case'

const tokenPattern = /^[\w-]{20,40}$/
const style =
  'body{font:16px/1.5 system-ui,sans-serif;display:grid;place-content:center;min-height:90vh;margin:0;text-align:center;color-scheme:light dark}button{font:inherit;padding:.6em 1.6em;border-radius:.5em;border:0;background:#4f46e5;color:#fff;cursor:pointer}code{user-select:all}'

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
  const session = tokenPattern.test(token) ? await spendSignInLink(deps, token) : null
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
  const form = `<form method="post" action="/sign-in"><input type="hidden" name="token" value="${token}"><p>Welcome to Baton.</p><button autofocus>Sign in</button></form>`
  page(response, 200, tokenPattern.test(token) ? form : `<p>Baton is opened with a sign-in link.</p>${howTo}`)
}

function page(response: ServerResponse, status: number, body: string): void {
  const content = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><title>Sign in – Baton</title><style>${style}</style><main>${body}</main></html>`
  send(response, { status, type: 'text/html; charset=utf-8', content, headers: pageHeaders })
}
