import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { answerPage } from '@/server/pages/answer-page'

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

/** A page that tells what policy the renderer of pages was given. */
async function site({ dev = false, framers = [] as string[] } = {}) {
  const next = {
    handle: async (
      request: { headers: { [name: string]: unknown } },
      response: { end: (text: string) => unknown },
    ): Promise<void> => void response.end(String(request.headers['content-security-policy'])),
    upgrade: () => false,
    close: async () => {},
  }
  const pages = {
    next: () => Promise.resolve(next),
    dev,
    files: null,
    framersOf: async (path: string) => (path === '/shown-elsewhere' ? framers : []),
  }
  const server = createServer((request, response) => void answerPage(pages, request, response))
  closing.push(() => server.close())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return (path: string, headers: Record<string, string> = {}) => fetch(`http://127.0.0.1:${port}${path}`, { headers })
}

const policyOf = ({ headers }: Response) => headers.get('content-security-policy') ?? ''
const directive = (policy: string, name: string) => policy.split('; ').find((part) => part.startsWith(`${name} `)) ?? ''
const nonceOf = (policy: string) => /'nonce-([^']+)'/.exec(policy)?.[1] ?? ''

describe('a page', () => {
  it('runs no script but those that carry the nonce of this answer', async () => {
    const visit = await site()
    const [one, two] = [policyOf(await visit('/runs')), policyOf(await visit('/runs'))]
    expect(directive(one, 'script-src')).toBe(`script-src 'self' 'nonce-${nonceOf(one)}'`)
    expect(directive(one, 'script-src-attr')).toBe("script-src-attr 'none'")
    expect(one).not.toContain('unsafe-eval')
    expect(Buffer.from(nonceOf(one), 'base64')).toHaveLength(16)
    expect(nonceOf(one)).not.toBe(nonceOf(two))
  })

  it('is rendered with the nonce that the browser is told, whatever the request says', async () => {
    const visit = await site()
    const foreign = "script-src 'nonce-Zm9yZWlnbg=='"
    const answer = await visit('/', {
      'content-security-policy': foreign,
      'content-security-policy-report-only': foreign,
    })
    expect(await answer.text()).toBe(policyOf(answer))
    expect(policyOf(answer)).not.toContain('Zm9yZWlnbg')
  })

  it('can not be put into a frame, have its base or its forms changed, nor be taken for another type', async () => {
    const answer = await (await site())('/runs')
    for (const part of ["frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'", "object-src 'none'"])
      expect(policyOf(answer).split('; ')).toContain(part)
    expect(answer.headers.get('x-frame-options')).toBe('DENY')
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.get('referrer-policy')).toBe('same-origin')
  })

  it('may be framed by the origins that were allowed for it, and no other page by them', async () => {
    const visit = await site({ framers: ['https://one.example', 'https://two.example'] })
    const shown = await visit('/shown-elsewhere?x=1')
    expect(directive(policyOf(shown), 'frame-ancestors')).toBe(
      'frame-ancestors https://one.example https://two.example',
    )
    expect(shown.headers.get('x-frame-options')).toBeNull()
    expect(directive(policyOf(await visit('/runs')), 'frame-ancestors')).toBe("frame-ancestors 'none'")
  })

  it('may make code from text only while it is developed', async () => {
    expect(policyOf(await (await site({ dev: true }))('/'))).toContain("'unsafe-eval'")
  })

  it('gives its files no nonce', async () => {
    const answer = await (await site())('/_next/static/chunks/x.js')
    expect(policyOf(answer)).toContain("default-src 'self'")
    expect(policyOf(answer)).not.toContain('nonce')
  })
})
