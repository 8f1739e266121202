const killAt = Number(process.env.BATON_FAULT ?? 0)
const counting = process.env.BATON_FAULT !== undefined
let passed = 0

/**
 * A place at which a crash test ends the process as hard as possible. Compiled in so that what is tested is what is
 * shipped; without BATON_FAULT it does nothing. BATON_FAULT=0 only counts and names the places on standard error.
 */
export function faultPoint(name: string): void {
  if (!counting) return
  passed++
  if (killAt === 0) process.stderr.write(`fault point ${passed} ${name}\n`)
  else if (passed === killAt) process.kill(process.pid, 'SIGKILL')
}
