import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from 'node:zlib'
import { NodeError } from '@/engine/failure'

const decoders = {
  br: createBrotliDecompress,
  deflate: createInflate,
  gzip: createGunzip,
  'x-gzip': createGunzip,
  zstd: createZstdDecompress,
}

export const acceptedEncodings = 'gzip, deflate, br'

export type BodyLimit = { host: string; maxBytes: number }

/** The cap counts on both sides of the decompressor: a bomb is small outside, a stream of empty members is small inside. */
export async function readBody(body: Readable, encoding: string, limit: BodyLimit): Promise<Buffer> {
  const name = encoding.trim().toLowerCase()
  if (name === '' || name === 'identity') return collect(body, limit)
  if (!Object.hasOwn(decoders, name)) {
    body.destroy()
    throw new NodeError({ code: 'network', message: `${limit.host} answered in an encoding that isn't supported.` })
  }
  const decoder = decoders[name as keyof typeof decoders]()
  // Its failure destroys the decoder, and so comes out of the loop in collect.
  pipeline(body, (source: AsyncIterable<Buffer>) => capped(source, limit), decoder).catch(() => undefined)
  return collect(decoder, limit)
}

async function collect(source: AsyncIterable<Buffer>, limit: BodyLimit): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of capped(source, limit)) chunks.push(chunk)
  return Buffer.concat(chunks)
}

async function* capped(source: AsyncIterable<Buffer>, { host, maxBytes }: BodyLimit): AsyncGenerator<Buffer> {
  let total = 0
  for await (const chunk of source) {
    total += chunk.length
    if (total > maxBytes) {
      throw new NodeError({ code: 'too_large', message: `The answer of ${host} is larger than ${maxBytes} bytes.` })
    }
    yield chunk
  }
}
