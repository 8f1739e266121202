import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

let found: Promise<string> | undefined

/** Beside the server's own bundle; when that runs from source, it is built once per process. */
export function childFile(): Promise<string> {
  found ??= findOrBuild().catch((error: unknown) => {
    found = undefined
    throw error
  })
  return found
}

async function findOrBuild(): Promise<string> {
  // The bundler may have put this very code one folder deeper.
  const places = ['./sandbox-child.mjs', '../sandbox-child.mjs']
  const built = places.map((place) => fileURLToPath(new URL(place, import.meta.url))).find(existsSync)
  if (built) return built
  const { bundleChild } = await import('@/server/sandbox/bundle-child')
  const folder = fileURLToPath(new URL('../../node_modules/.cache/baton/', import.meta.url))
  await mkdir(folder, { recursive: true })
  const fresh = join(folder, `${process.pid}-${Date.now()}.mjs`)
  await bundleChild(fresh)
  // Named by its content: processes that run the same source share one file, and a running one is never overwritten.
  const hash = createHash('sha256')
    .update(await readFile(fresh))
    .digest('hex')
    .slice(0, 16)
  const file = join(folder, `${hash}.mjs`)
  if (existsSync(file)) await rm(fresh)
  else await rename(fresh, file)
  return file
}
