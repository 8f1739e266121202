import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { NextHandler } from '@/server/next-app'
import { answerFile, filesPrefix, type PageFiles } from '@/server/pages/page-files'
import { filePolicy, pagePolicy } from '@/server/pages/policy'

export type Pages = {
  next: () => Promise<NextHandler> | null
  dev: boolean
  /** What the build left for pages; null in development, where Next makes it while it is asked. */
  files: PageFiles | null
  /** Origins that may show the page at this path in a frame; usually none. */
  framersOf: (path: string) => Promise<readonly string[]>
  /** Beside or instead of the usual ones. */
  headers?: Readonly<Record<string, string>>
}

/** Other sites learn nothing of where somebody came from, and hold no handle on our windows. */
const common = {
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
}

export async function answerPage(pages: Pages, request: IncomingMessage, response: ServerResponse): Promise<void> {
  for (const [name, value] of Object.entries({ ...common, ...pages.headers })) response.setHeader(name, value)
  const path = pathOf(request)
  try {
    await setPolicy(pages, path, { request, response })
    if (pages.files && path.startsWith(filesPrefix)) return await answerFile(pages.files, path, request, response)
    await (await pages.next())?.handle(request, response)
  } catch {
    if (!response.headersSent) refuse(response, 503, 'The pages are not available.')
  }
}

export const pathOf = ({ url = '/' }: IncomingMessage): string => url.split('?', 1)[0] ?? '/'

type Exchange = { request: IncomingMessage; response: ServerResponse }

async function setPolicy({ dev, framersOf }: Pages, path: string, { request, response }: Exchange): Promise<void> {
  // Next takes the nonce from this header of the request; what a client sends in it must not get there.
  delete request.headers['content-security-policy']
  delete request.headers['content-security-policy-report-only']
  if (path.startsWith('/_next/')) {
    response.setHeader('content-security-policy', filePolicy)
    return
  }
  const framers = await framersOf(path)
  const nonce = randomBytes(16).toString('base64')
  const policy = pagePolicy({ nonce, host: request.headers.host ?? '', dev, framers })
  request.headers['content-security-policy'] = policy
  response.setHeader('content-security-policy', policy)
  if (framers.length === 0) response.setHeader('x-frame-options', 'DENY')
}

export function refuse(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${text}\n`)
}
