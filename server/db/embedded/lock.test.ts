import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { lockDataDir } from '@/server/db/embedded/lock'
import { startOf } from '@/server/db/embedded/process'

describe('the lock of a data folder', () => {
  let dataDir: string
  const file = () => path.join(dataDir, 'baton.lock')
  beforeEach(() => {
    dataDir = mkdtempSync(path.join(tmpdir(), 'baton-lock-'))
  })
  afterEach(() => rmSync(dataDir, { recursive: true }))

  test('is refused to a second one, which learns where the first one listens', () => {
    const first = lockDataDir(dataDir)
    if (first.kind !== 'held') throw new Error('not held')
    first.announce('http://127.0.0.1:3000')
    expect(lockDataDir(dataDir)).toMatchObject({
      kind: 'taken',
      by: { pid: process.pid, address: 'http://127.0.0.1:3000' },
    })
  })

  test('is free again after a release', () => {
    const first = lockDataDir(dataDir)
    if (first.kind === 'held') first.release()
    expect(existsSync(file())).toBe(false)
    expect(lockDataDir(dataDir).kind).toBe('held')
  })

  test('of a killed process is taken over', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
    await once(child, 'spawn')
    const pid = child.pid ?? 0
    writeFileSync(file(), JSON.stringify({ pid, startedAt: startOf(pid), address: 'x' }))
    expect(lockDataDir(dataDir).kind).toBe('taken')
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(lockDataDir(dataDir).kind).toBe('held')
  })

  test('whose pid now belongs to another program is taken over', () => {
    writeFileSync(file(), JSON.stringify({ pid: process.pid, startedAt: '1', address: 'x' }))
    expect(lockDataDir(dataDir).kind).toBe('held')
    expect(JSON.parse(readFileSync(file(), 'utf8'))).toMatchObject({ startedAt: startOf(process.pid) })
  })

  test.each(['', '{', '{"pid":"x"}'])('that is damaged (%j) does not keep Baton from starting', (text) => {
    writeFileSync(file(), text)
    expect(lockDataDir(dataDir).kind).toBe('held')
  })
})
