import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { root } from './project.mjs'

/**
 * Where a running Baton of this data folder listens, or null. Only a courtesy: it saves a rebuild under the feet of
 * a running server. The server itself takes the lock and decides.
 */
export function runningAddress(env = process.env) {
  const file = path.resolve(root, env.BATON_DATA_DIR || '.baton', 'baton.lock')
  if (!existsSync(file)) return null
  try {
    const { pid, startedAt, address } = JSON.parse(readFileSync(file, 'utf8'))
    process.kill(pid, 0)
    return startTicks(pid) === startedAt ? address : null
  } catch {
    return null
  }
}

function startTicks(pid) {
  if (process.platform !== 'linux') return null
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  // A zombie has ended and only waits for somebody to notice.
  return fields[0] === 'Z' ? 'ended' : (fields[19] ?? null)
}
