import type { IncomingMessage, ServerResponse } from 'node:http'
import { send } from '@/server/api/http/answer'
import { endSession } from '@/server/people/end-session'
import { cookieNamed, sessionCookie, sessionCookieHeader } from '@/server/people/session-cookie'
import type { Deps } from '@/server/use-case'

export async function answerSignOut(
  deps: Deps,
  { request, response }: { request: IncomingMessage; response: ServerResponse },
): Promise<void> {
  const token = cookieNamed(request.headers.cookie, sessionCookie)
  if (token !== null) await endSession(deps, token)
  send(response, { status: 204, body: null, headers: { 'set-cookie': sessionCookieHeader('', { secure: false }) } })
}
