import type { IncomingMessage } from 'node:http'
import { EdgeError } from '@/server/api/http/problem'

export const bodyLimit = 8 * 1024 * 1024
const tooLarge = () => new EdgeError('too_large', `A body has at most ${bodyLimit / 1024 / 1024} MB.`)

export const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0'

/** The whole body; refuses a large one at once, by what it says of itself or as soon as it grows past the limit. */
export function readBody(request: IncomingMessage, limit = bodyLimit): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    if (Number(request.headers['content-length'] ?? 0) > limit) return reject(tooLarge())
    const chunks: Buffer[] = []
    let size = 0
    const settle = (act: () => void) => {
      request.off('data', take).off('end', finish).off('error', fail).off('close', gone)
      act()
    }
    const take = (chunk: Buffer) => {
      size += chunk.length
      if (size > limit) settle(() => reject(tooLarge()))
      else chunks.push(chunk)
    }
    const finish = () =>
      settle(() => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, size)))
    const fail = (error: Error) => settle(() => reject(new ClientGone(error.message)))
    const gone = () => settle(() => reject(new ClientGone('closed')))
    request.on('data', take).on('end', finish).on('error', fail).on('close', gone)
  })
}

/** Nobody is left to answer. */
export class ClientGone extends Error {}

const drainMs = 10_000

/**
 * The answer is out, the rest of the body is not in. Closing now would cut the answer off on the other side, so the rest
 * is thrown away, for a while.
 */
export function drain(request: IncomingMessage): void {
  if (request.complete || request.destroyed) return
  request.resume()
  const timer = setTimeout(() => request.destroy(), drainMs)
  timer.unref()
  request.once('close', () => clearTimeout(timer)).on('error', () => {})
}
