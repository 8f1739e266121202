import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { isRunning, startOf } from '@/server/db/embedded/process'

const holderSchema = z.object({ pid: z.number().int(), startedAt: z.string().nullable(), address: z.string() })
export type Holder = z.infer<typeof holderSchema>

export type Lock =
  | { kind: 'held'; announce(address: string): void; release(): void }
  /** Somebody else uses the data folder; `address` says where that one listens. */
  | { kind: 'taken'; by: Holder }

/**
 * One Baton per data folder. The file names its process by pid and start time, so that neither a kill -9 nor a pid
 * that was given to another program leaves the folder locked.
 */
export function lockDataDir(dataDir: string, address = 'starting'): Lock {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const file = path.join(dataDir, 'baton.lock')
  const self = (text: string): Holder => ({ pid: process.pid, startedAt: startOf(process.pid), address: text })
  const draft = `${file}.${process.pid}`
  for (;;) {
    writeFileSync(draft, JSON.stringify(self(address)), { mode: 0o600 })
    const taken = claim(draft, file)
    rmSync(draft, { force: true })
    if (taken) break
    const found = readHolder(file)
    if (found && isHolding(found)) return { kind: 'taken', by: found }
    clearStale(file)
  }
  return {
    kind: 'held',
    announce: (text) => {
      writeFileSync(draft, JSON.stringify(self(text)), { mode: 0o600 })
      renameSync(draft, file)
    },
    release: () => {
      if (readHolder(file)?.pid === process.pid) rmSync(file, { force: true })
    },
  }
}

/** A link appears with its whole content or not at all, and only if there is no such file yet. */
function claim(draft: string, file: string): boolean {
  try {
    linkSync(draft, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** Two starts may see the same stale file: whoever moved away a fresh one by mistake puts it back. */
function clearStale(file: string) {
  const aside = `${file}.stale.${process.pid}`
  try {
    renameSync(file, aside)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
    throw error
  }
  const moved = readHolder(aside)
  if (moved && isHolding(moved)) claim(aside, file)
  rmSync(aside, { force: true })
}

const isHolding = (holder: Holder) => isRunning(holder.pid) && startOf(holder.pid) === holder.startedAt

function readHolder(file: string): Holder | null {
  try {
    const reading = holderSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')))
    return reading.success ? reading.data : null
  } catch {
    return null
  }
}
