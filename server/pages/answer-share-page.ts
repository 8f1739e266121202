import type { IncomingMessage, ServerResponse } from 'node:http'
import { shareHeaders } from '@/server/api/http/share-pages'
import { answerPage, type Pages, pathOf, refuse } from '@/server/pages/answer-page'
import { type SharePage, sharePageAt } from '@/server/shares/share-page'
import type { Deps } from '@/server/use-case'

const unknown = { type: 'unknown' } as const

/** Any page; one of a share link counts as a guess, may be framed by the sites that it was made for, and is not indexed. */
export async function answerAnyPage(
  deps: Deps,
  pages: Pages,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const page = await sharePageAt(deps, request, pathOf(request)).catch((): SharePage | typeof unknown => unknown)
  switch (page.type) {
    case 'other':
      return answerPage(pages, request, response)
    case 'share':
      return answerPage({ ...pages, headers: shareHeaders, framersOf: async () => page.framers }, request, response)
    case 'refused':
      response.setHeader('retry-after', String(page.retryAfterSeconds))
      return refuse(response, 429, 'Too many requests. Wait a minute, then try again.')
    case 'unknown':
      return refuse(response, 503, 'The database is not reachable at the moment; try again.')
  }
}
