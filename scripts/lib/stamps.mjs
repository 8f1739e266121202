import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { root } from './project.mjs'

const stampFile = (name) => path.join(root, 'dist', 'stamps', name)

function* filesBelow(entry) {
  if (!existsSync(entry)) return
  if (!statSync(entry).isDirectory()) {
    yield entry
    return
  }
  for (const name of readdirSync(entry).sort()) {
    if (name === 'node_modules' || name.startsWith('.')) continue
    yield* filesBelow(path.join(entry, name))
  }
}

const isTest = (file) => /\.(test|e2e)\.tsx?$/.test(file)

/** Contents, not times: a fresh checkout or a touched file must not cost a build. */
export function digest(entries, base = root) {
  const hash = createHash('sha256')
  for (const entry of entries) {
    for (const file of filesBelow(path.join(base, entry))) {
      if (isTest(file)) continue
      hash.update(path.relative(base, file)).update('\0').update(readFileSync(file)).update('\0')
    }
  }
  return hash.digest('hex')
}

export const isStamped = (name, value) =>
  existsSync(stampFile(name)) && readFileSync(stampFile(name), 'utf8').trim() === value

export function stamp(name, value) {
  mkdirSync(path.dirname(stampFile(name)), { recursive: true })
  writeFileSync(stampFile(name), `${value}\n`)
}
