import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { decodeSecretKey } from '@/server/env'

/** The key that seals secrets: from the environment, or kept in a file of the data folder that only its owner reads. */
export function loadSecretKey({ secretKey, dataDir }: { secretKey: string | null; dataDir: string }): Buffer {
  if (secretKey !== null) return decodeSecretKey(secretKey)
  const file = path.join(dataDir, 'secret.key')
  const known = readKey(file)
  if (known) return known
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 })
  try {
    // A link appears whole or not at all, and never replaces the key that another process has just made.
    linkSync(draft, file)
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error
  } finally {
    rmSync(draft)
  }
  const made = readKey(file)
  if (!made) throw new Error(`${file} could not be read back.`)
  return made
}

function readKey(file: string): Buffer | null {
  let text: string
  try {
    text = readFileSync(file, 'utf8').trim()
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null
    throw error
  }
  const key = decodeSecretKey(text)
  if (key.length !== 32)
    throw new Error(`${file} is damaged: it must hold 32 bytes in base64. Without it no stored secret can be read.`)
  return key
}

const isCode = (error: unknown, code: string) => error instanceof Error && 'code' in error && error.code === code
