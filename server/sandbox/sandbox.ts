import { NodeError } from '@/engine/failure'
import type { Json, JsonObject } from '@/engine/json'
import { childFile } from '@/server/sandbox/child-file'
import { createPool } from '@/server/sandbox/pool'
import type { Question, Reply } from '@/server/sandbox/protocol'

export type CodeJob = {
  /** The body of a function: it gives its result back with `return`. */
  source: string
  /** Every key is a global inside: `input` and the referenced nodes. */
  globals: JsonObject
  workspaceId: string
  signal?: AbortSignal
  timeoutMs?: number
  maxOutputBytes?: number
}

export type CodeResult = { value: Json; logs: string[] }
export type RunCode = (job: CodeJob) => Promise<CodeResult>

export type Sandbox = {
  runCode: RunCode
  pids(): number[]
  close(): Promise<void>
}

export type SandboxOptions = { memoryMb?: number; maxChildren?: number; idleMs?: number }

/**
 * Every step gets a new interpreter with its own memory, in a process that serves one workspace only. Such a process is
 * kept for the next step of the same workspace (starting one costs 90 ms, a new interpreter 4 ms) unless a step went
 * wrong in a way that might have left something behind.
 */
export function createSandbox({ memoryMb = 64, maxChildren = 4, idleMs = 10_000 }: SandboxOptions = {}): Sandbox {
  const pool = createPool({ file: childFile, memoryMb, maxChildren, idleMs })

  const runCode: RunCode = async (job) => {
    const question: Question = {
      source: job.source,
      globals: JSON.stringify(job.globals),
      timeoutMs: job.timeoutMs ?? 1_000,
      maxOutputBytes: job.maxOutputBytes ?? 1_000_000,
    }
    const reply = await pool.run(
      job.workspaceId,
      async (child) => {
        const value = await child.ask(question, job.signal)
        return { value, reusable: isHarmless(value) }
      },
      job.signal,
    )
    if (reply.type === 'failed') throw new NodeError({ code: reply.code, message: reply.message })
    return { value: JSON.parse(reply.value) as Json, logs: reply.logs }
  }
  return { runCode, pids: pool.pids, close: pool.close }
}

/** What ran out of time or memory may have left its process in any state. */
const isHarmless = (reply: Reply): boolean =>
  reply.type === 'result' || reply.code === 'too_large' || reply.code === 'sandbox_error'
