import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** True while the process runs; a zombie that nobody has reaped counts as gone. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  return statOf(pid)?.state !== 'Z'
}

/** Tells two processes apart that had the same pid one after the other. Null where the system has no /proc. */
export function startOf(pid: number): string | null {
  return statOf(pid)?.started ?? null
}

export function commandLine(pid: number): string {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
  } catch {
    return ''
  }
}

function statOf(pid: number): { state: string; started: string } | null {
  if (process.platform !== 'linux') return null
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The second field is the program's name in brackets and may itself contain spaces and brackets.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return { state: fields[0] ?? '?', started: fields[19] ?? '' }
  } catch {
    return null
  }
}

export async function until(condition: () => boolean | Promise<boolean>, timeoutMs: number, everyMs = 10) {
  const deadline = performance.now() + timeoutMs
  while (!(await condition())) {
    if (performance.now() > deadline) return false
    await new Promise((resolve) => setTimeout(resolve, everyMs))
  }
  return true
}
