import { Readable } from 'node:stream'
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
  const decoder = decoderFor(name)
  if (!decoder) {
    body.destroy()
    throw unsupported(limit.host)
  }
  // Its failure destroys the decoder, and so comes out of the loop in collect.
  pipeline(body, (source: AsyncIterable<Buffer>) => capped(source, limit), decoder).catch(() => undefined)
  return collect(decoder, limit)
}

const decoderFor = (name: string) => (Object.hasOwn(decoders, name) ? decoders[name as keyof typeof decoders]() : null)

const unsupported = (host: string): NodeError =>
  new NodeError({ code: 'network', message: `${host} answered in an encoding that isn't supported.` })

/** For an answer that was encoded although it was asked for as it is; without a cap, like the fetch it belongs to. */
export function decodedBody(body: AsyncIterable<Uint8Array>, encoding: string, host: string) {
  const decoder = decoderFor(encoding.trim().toLowerCase())
  if (!decoder) throw unsupported(host)
  pipeline(Readable.from(body), decoder).catch(() => undefined)
  const text = async () => Buffer.concat(await decoder.toArray()).toString('utf8')
  const decoded: AsyncIterable<Uint8Array> = decoder
  return { [Symbol.asyncIterator]: () => decoded[Symbol.asyncIterator](), text }
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
