import { type ChildProcessByStdio, spawn } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'
import { NodeError } from '@/engine/failure'
import type { Question, Reply } from '@/server/sandbox/protocol'

export type Child = {
  pid: number | undefined
  /** One question at a time. After anything but a result or a plain error the child is dead. */
  ask(question: Question, signal?: AbortSignal): Promise<Reply>
  /** Resolves when the process is gone. */
  kill(): Promise<void>
  isAlive(): boolean
}

/** The child stops itself at the deadline where it can; native code that can't be interrupted is killed this much later. */
const graceMs = 150

export async function startChild(file: string, memoryMb: number): Promise<Child> {
  const child = spawn(process.execPath, [...limits(file, memoryMb), file], {
    env: { NODE_ENV: 'production' },
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const lines = lineReader(child)
  const exited = new Promise<void>((done) => child.once('exit', () => done()).once('error', () => done()))
  const kill = () => {
    child.kill('SIGKILL')
    return exited
  }
  if ((await lines.next({ timeoutMs: 20_000, maxBytes: 100 })) !== 'ready') {
    await kill()
    throw new NodeError({ code: 'internal', message: 'The sandbox for code did not start.', retry: {} })
  }
  return {
    pid: child.pid,
    isAlive: () => child.exitCode === null && child.signalCode === null,
    kill,
    ask: async (question, signal) => {
      child.stdin.write(`${JSON.stringify(question)}\n`)
      // A result is text inside a reply: every character of it may need an escape, and the logs come on top.
      const maxBytes = question.maxOutputBytes * 2 + 300_000
      const line = await lines.next({
        timeoutMs: question.timeoutMs + graceMs,
        maxBytes,
        ...(signal ? { signal } : {}),
      })
      if (isEnd(line)) {
        await kill()
        return replyFor(line, question)
      }
      return JSON.parse(line) as Reply
    },
  }
}

/** The interpreter's own memory limit doesn't hold; this one caps the memory it lives in. 16 pages are 1 MB. */
const limits = (file: string, memoryMb: number): string[] => [
  `--wasm-max-mem-pages=${memoryMb * 16}`,
  '--max-old-space-size=192',
  '--permission',
  `--allow-fs-read=${file}`,
  '--disallow-code-generation-from-strings',
]

type Line = string | { end: 'timeout' | 'too_large' | 'cancelled' | 'exit' }
const isEnd = (line: Line): line is Exclude<Line, string> => typeof line !== 'string'

function replyFor({ end }: Exclude<Line, string>, question: Question): Reply {
  switch (end) {
    case 'timeout':
      return {
        type: 'failed',
        code: 'sandbox_timeout',
        message: `The code did not finish within ${question.timeoutMs} ms.`,
      }
    case 'too_large':
      return {
        type: 'failed',
        code: 'too_large',
        message: `The code returned more than ${question.maxOutputBytes} bytes.`,
      }
    case 'exit':
      return {
        type: 'failed',
        code: 'sandbox_memory',
        message: 'The code broke its sandbox, most likely by using too much memory.',
      }
    case 'cancelled':
      throw new NodeError({ code: 'cancelled', message: 'The code was cancelled.' })
  }
}

type Wait = { timeoutMs: number; maxBytes: number; signal?: AbortSignal }

function lineReader(child: ChildProcessByStdio<Writable, Readable, null>) {
  let settle: ((line: Line) => void) | undefined
  let chunks: Buffer[] = []
  let size = 0
  let maxBytes = 0
  let gone = false
  child.stdout.on('data', (chunk: Buffer) => {
    chunks.push(chunk)
    size += chunk.length
    if (chunk.at(-1) === 0x0a) settle?.(Buffer.concat(chunks).toString('utf8', 0, size - 1))
    else if (size > maxBytes) settle?.({ end: 'too_large' })
  })
  const onGone = () => {
    gone = true
    settle?.({ end: 'exit' })
  }
  child.once('exit', onGone).once('error', onGone)
  // Writing to a child that has just died fails here; its end is noticed above.
  child.stdin.on('error', () => {})

  const next = (wait: Wait) =>
    new Promise<Line>((done) => {
      chunks = []
      size = 0
      maxBytes = wait.maxBytes
      const onAbort = () => settle?.({ end: 'cancelled' })
      const timer = setTimeout(() => settle?.({ end: 'timeout' }), wait.timeoutMs)
      settle = (line) => {
        settle = undefined
        clearTimeout(timer)
        wait.signal?.removeEventListener('abort', onAbort)
        done(line)
      }
      wait.signal?.addEventListener('abort', onAbort, { once: true })
      if (wait.signal?.aborted) onAbort()
      else if (gone) onGone()
    })
  return { next }
}
