import { createHash } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import path from 'node:path'
import { type Coding, chooseCoding, compressed } from '@/server/pages/codings'

/** Scripts, styles, fonts and pictures that pages are made of. Their names change with what is in them. */
export const filesPrefix = '/_next/static/'

type Content = { bytes: Buffer; tag: string }
type PageFile = { place: string; type: string; codings: readonly Coding[]; kept: Map<Coding, Promise<Content>> }
export type PageFiles = ReadonlyMap<string, PageFile>

const types: { readonly [ending: string]: string } = {
  '.css': 'text/css; charset=UTF-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'application/javascript; charset=UTF-8',
  '.json': 'application/json; charset=UTF-8',
  '.map': 'application/json; charset=UTF-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=UTF-8',
  '.wasm': 'application/wasm',
  '.webp': 'image/webp',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
}

/**
 * What there is, listed once. An address only ever picks from this list and is never made a place on the disk, so no way
 * of writing one leads out of the folder. Links are not followed.
 */
export function listPageFiles(folder: string): PageFiles {
  const places = new Set(existsSync(folder) ? placesBelow(folder) : [])
  const isForm = (place: string) =>
    compressed.some(({ ending }) => place.endsWith(ending) && places.has(place.slice(0, -ending.length)))
  const files = new Map<string, PageFile>()
  for (const place of places) {
    if (isForm(place)) continue
    const codings = compressed.filter(({ ending }) => places.has(place + ending)).map(({ coding }) => coding)
    const type = types[path.extname(place)] ?? 'application/octet-stream'
    files.set(path.relative(folder, place).split(path.sep).join('/'), { place, type, codings, kept: new Map() })
  }
  return files
}

/** Step by step: reading a folder `recursive` goes through links. */
function placesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const place = path.join(folder, entry.name)
    if (entry.isDirectory()) return placesBelow(place)
    return entry.isFile() ? [place] : []
  })
}

/** `address`: the path of the request, without the query. Headers that every page has are set already. */
export async function answerFile(
  files: PageFiles,
  address: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method, headers } = request
  if (method !== 'GET' && method !== 'HEAD') return refuse(response, 405, { allow: 'GET, HEAD' })
  const file = files.get(nameIn(address))
  const coding = file ? chooseCoding(headers['accept-encoding'], file.codings) : 'identity'
  const content = file ? await contentOf(file, coding).catch(() => null) : null
  if (!file || !content) return refuse(response, 404)
  if (file.codings.length > 0) response.setHeader('vary', 'accept-encoding')
  response.setHeader('cache-control', 'public, max-age=31536000, immutable')
  response.setHeader('etag', content.tag)
  if (isKnown(headers['if-none-match'], content.tag)) return void response.writeHead(304).end()
  if (coding !== 'identity') response.setHeader('content-encoding', coding)
  response.writeHead(200, { 'content-type': file.type, 'content-length': content.bytes.byteLength })
  response.end(method === 'HEAD' ? undefined : content.bytes)
}

/** Not stored: it may be a file of the next version that this process does not have yet. */
function refuse(response: ServerResponse, status: number, headers: { readonly [name: string]: string } = {}): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store', ...headers })
  response.end('There is no such file.\n')
}

function nameIn(address: string): string {
  try {
    return decodeURIComponent(address.slice(filesPrefix.length))
  } catch {
    return ''
  }
}

/**
 * Kept in memory once it was asked for: all of them in all forms are a few MB, and one copy serves every slow phone.
 */
function contentOf({ place, kept }: PageFile, coding: Coding): Promise<Content> {
  const known = kept.get(coding)
  if (known) return known
  const ending = compressed.find((form) => form.coding === coding)?.ending ?? ''
  const content = readFile(place + ending).then((bytes) => ({ bytes, tag: tagOf(bytes) }))
  kept.set(coding, content)
  content.catch(() => kept.delete(coding))
  return content
}

/** By what is in it, so that it is the same in all processes, and another one for each form. */
const tagOf = (bytes: Buffer) => `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`

const isKnown = (header: string | undefined, tag: string): boolean =>
  (header ?? '').split(',').some((known) => known.trim() === '*' || known.trim().replace(/^W\//, '') === tag)
