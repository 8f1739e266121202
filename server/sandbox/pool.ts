import { NodeError } from '@/engine/failure'
import { type Child, startChild } from '@/server/sandbox/child-process'
import { chooseNext, type Seat, type Waiting } from '@/server/sandbox/choose-next'

export type PoolOptions = {
  file: () => Promise<string>
  memoryMb: number
  maxChildren: number
  /** An idle process costs about 45 MB: it is closed after this long. */
  idleMs: number
}

export type Pool = {
  run<T>(workspaceId: string, use: Use<T>, signal?: AbortSignal): Promise<T>
  /** Process ids, for tests and metrics. */
  pids(): number[]
  close(): Promise<void>
}

type Use<T> = (child: Child) => Promise<{ value: T; reusable: boolean }>
type Job = Waiting & { run: (child: Child) => Promise<boolean>; fail: (error: unknown) => void }
type Worker = Seat & { child?: Child; timer?: NodeJS.Timeout }

export function createPool(options: PoolOptions): Pool {
  const workers = new Set<Worker>()
  const queue: Job[] = []

  const discard = async (worker: Worker) => {
    clearTimeout(worker.timer)
    workers.delete(worker)
    await worker.child?.kill()
  }

  const rest = (worker: Worker) => {
    worker.state = 'idle'
    worker.timer = setTimeout(() => void discard(worker), options.idleMs).unref()
  }

  const work = async (job: Job, worker: Worker, replaces?: Worker) => {
    try {
      await replaces?.child?.kill()
      worker.child ??= await startChild(await options.file(), options.memoryMb)
      // The pool may have been closed while the process started.
      if (!workers.has(worker)) throw closed()
      const reusable = await job.run(worker.child)
      if (reusable && worker.child.isAlive() && workers.has(worker)) rest(worker)
      else await discard(worker)
    } catch (error) {
      await discard(worker)
      job.fail(error)
    }
    pump()
  }

  const pump = () => {
    for (;;) {
      const choice = chooseNext(queue, [...workers], { maxSeats: options.maxChildren, now: performance.now() })
      if (!choice) return
      remove(queue, choice.waiting)
      const leaving = 'seat' in choice ? undefined : choice.replaces
      if (leaving) void discard(leaving)
      const worker: Worker = 'seat' in choice ? choice.seat : { workspaceId: choice.waiting.workspaceId, state: 'busy' }
      clearTimeout(worker.timer)
      worker.state = 'busy'
      workers.add(worker)
      void work(choice.waiting, worker, leaving)
    }
  }

  return {
    run: (workspaceId, use, signal) => enter(queue, pump, { workspaceId, use, ...(signal ? { signal } : {}) }),
    pids: () => [...workers].flatMap(({ child }) => child?.pid ?? []),
    close: async () => {
      for (const job of queue.splice(0)) job.fail(closed())
      await Promise.all([...workers].map(discard))
    },
  }
}

type Entry<T> = { workspaceId: string; use: Use<T>; signal?: AbortSignal }

const enter = <T>(queue: Job[], pump: () => void, { workspaceId, use, signal }: Entry<T>): Promise<T> =>
  new Promise<T>((resolve, reject) => {
    const leave = () => {
      if (remove(queue, job)) reject(new NodeError({ code: 'cancelled', message: 'The code was cancelled.' }))
    }
    const job: Job = {
      workspaceId,
      since: performance.now(),
      fail: reject,
      run: async (child) => {
        signal?.removeEventListener('abort', leave)
        const { value, reusable } = await use(child)
        resolve(value)
        return reusable
      },
    }
    queue.push(job)
    signal?.addEventListener('abort', leave, { once: true })
    if (signal?.aborted) leave()
    pump()
  })

function remove<T>(items: T[], item: T): boolean {
  const index = items.indexOf(item)
  if (index >= 0) items.splice(index, 1)
  return index >= 0
}

const closed = (): NodeError => new NodeError({ code: 'cancelled', message: 'The sandbox was closed.' })
