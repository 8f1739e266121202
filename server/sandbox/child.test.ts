import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { childFile } from '@/server/sandbox/child-file'
import type { Question } from '@/server/sandbox/protocol'

async function startAlone() {
  const child = spawn(process.execPath, [await childFile()], { stdio: ['pipe', 'pipe', 'ignore'] })
  const exited = once(child, 'exit')
  const nextLine = async () => String((await once(child.stdout, 'data'))[0]).trim()
  expect(await nextLine()).toBe('ready')
  const ask = (question: Partial<Question>) =>
    child.stdin.write(`${JSON.stringify({ globals: '{}', timeoutMs: 300, maxOutputBytes: 1_000, ...question })}\n`)
  return { child, exited, nextLine, ask }
}

describe('the process of the sandbox', () => {
  it('ends by itself, even out of an endless loop, when the server that started it is gone', async () => {
    const { child, exited, ask } = await startAlone()
    ask({ source: 'for (;;);' })
    child.stdin.destroy()
    child.stdout.destroy()
    const [, signal] = await exited
    expect(signal).toBeNull()
  })

  it('finishes its step when Ctrl-C or a service manager signals the whole group', async () => {
    const { child, exited, ask, nextLine } = await startAlone()
    child.kill('SIGINT')
    child.kill('SIGTERM')
    ask({ source: 'return 1' })
    expect(JSON.parse(await nextLine())).toEqual({ type: 'result', value: '1', logs: [] })
    child.stdin.end()
    expect(await exited).toEqual([0, null])
  })
})
