import { spawn } from 'node:child_process'
import { expect, it } from 'vitest'
import { cpuMsOf, familyOf, pssMbOf } from '@/bench/machine/processes'

it('a family is a process with its children and theirs, and each of them has memory', async () => {
  const script = `const c = require('node:child_process').spawn(process.execPath, ['-e', 'process.stdin.resume()'], { stdio: ['pipe', 'ignore', 'ignore'] });
    console.log(c.pid); process.stdin.on('data', () => { c.kill(); process.exit() })`
  const child = spawn(process.execPath, ['-e', script], { stdio: ['pipe', 'pipe', 'inherit'] })
  const grandchild = await new Promise<number>((resolve) => child.stdout.once('data', (text) => resolve(Number(text))))
  const family = familyOf([child.pid ?? 0])
  expect(family.toSorted()).toEqual([child.pid, grandchild].toSorted())
  expect(pssMbOf(family)).toBeGreaterThan(pssMbOf([grandchild]))
  expect(pssMbOf([grandchild])).toBeGreaterThan(1)
  child.stdin.write('over')
  await new Promise((resolve) => child.once('exit', resolve))
  expect(pssMbOf(family)).toBe(0)
})

it('CPU time is that of the process, not of the clock', () => {
  const before = cpuMsOf([process.pid])
  const own = () => Object.values(process.cpuUsage()).reduce((sum, micros) => sum + micros / 1000, 0)
  const began = own()
  while (own() - began < 100);
  const spent = cpuMsOf([process.pid]) - before
  // Counted in steps of 10 ms, user and system time apart.
  expect(spent).toBeGreaterThanOrEqual(80)
  expect(spent).toBeLessThanOrEqual(own() - began + 30)
})
