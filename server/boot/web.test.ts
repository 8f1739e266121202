import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { answerPage } from './web'

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

async function visit(isHostAllowed: boolean): Promise<Response> {
  const page = {
    handle: async (_: unknown, response: { end: (text: string) => unknown }) => void response.end('a page'),
    upgrade: () => false,
    close: async () => {},
  }
  const server = createServer(
    (request, response) => void answerPage(() => Promise.resolve(page), isHostAllowed, request, response),
  )
  closing.push(() => server.close())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/runs`)
}

describe('a page', () => {
  it('can not be put into a frame of another site, nor taken for another type', async () => {
    const { status, headers } = await visit(true)
    expect(status).toBe(200)
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  })

  it('is not shown under a name that is not ours', async () => {
    const answer = await visit(false)
    expect(answer.status).toBe(421)
    expect(await answer.text()).not.toContain('a page')
  })
})
