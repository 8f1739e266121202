import type { Pool } from 'pg'
import type { Job as BossJob, PgBoss } from 'pg-boss'
import { catalogue, type DriveRun, type JobName } from './catalogue'
import { install, schema } from './install'

/** A run to be driven, as somebody took it from the queue. `retryCount` says which attempt this is. */
export type RunJob = DriveRun & { id: string; retryCount: number }

export type Queue = {
  /** Resolves when jobs can be made and taken; false when it was stopped before. */
  started: Promise<boolean>
  isReady: () => boolean
  /** A run that has a job already gets no second one. */
  offer: (runs: readonly DriveRun[]) => Promise<void>
  /** The oldest jobs first, none of these workspaces. */
  take: (count: number, exceptWorkspaces: readonly string[]) => Promise<RunJob[]>
  /** The run has a driver. */
  done: (jobs: readonly RunJob[]) => Promise<void>
  /** Whoever was to drive these runs is gone: their jobs come back at once and not only when they expire. */
  abandoned: (runIds: readonly string[]) => Promise<void>
  /** It comes back later, or ends as a stuck run. */
  failed: (job: RunJob, error: unknown) => Promise<void>
  /** Looks for jobs every so often. A handler that throws is asked again. */
  work: <Name extends JobName>(
    name: Name,
    everySeconds: number,
    handle: (data: unknown) => Promise<void>,
  ) => Promise<void>
  stop: () => Promise<void>
}

export type QueueOptions = {
  pool: Pool
  report: (error: unknown, about: { [key: string]: string }) => void
  /** Takes jobs and keeps the queue in order; others only put jobs in. */
  works: boolean
  /** No other process can be on this database: jobs at work are left over from one that died. */
  alone: boolean
}

/**
 * pg-boss, on relaxed connections: a job that a crash of the database forgets is made anew by the sweep. It comes up
 * beside everything else, because a process with room needs no job; who uses the queue before waits for it.
 */
export function createQueue({ pool, report, works, alone }: QueueOptions): Queue {
  let boss: PgBoss | null = null
  let stopped = false
  let stuckWorker: string | null = null
  const about = { doing: 'queue' }

  const open = async () => {
    const { PgBoss } = await import('pg-boss')
    const made = new PgBoss({
      db: { executeSql: (text, values) => pool.query(text, values) },
      schema,
      supervise: works,
      schedule: works,
      superviseIntervalSeconds: 15,
      monitorIntervalSeconds: 15,
      maintenanceIntervalSeconds: 3_600,
      // Nothing here is scheduled to the second, and jobs don't depend on each other.
      cronWorkerIntervalSeconds: 45,
      cronMonitorIntervalSeconds: 45,
      flowIntervalSeconds: 3_600,
      bamIntervalSeconds: 3_600,
      queueCacheIntervalSeconds: 3_600,
    })
    made.on('error', (error) => report(error, about))
    try {
      await install(made, pool, works)
      if (alone) await failActive(made, {}, 'The process stopped.')
    } catch (error) {
      await made.stop({ graceful: false }).catch(() => {})
      throw error
    }
    boss = made
  }

  const start = async (): Promise<boolean> => {
    for (let wait = 200; !stopped; wait = Math.min(wait * 2, 2_000)) {
      try {
        await open()
        return true
      } catch (error) {
        if (stopped) break
        report(error, about)
        await new Promise((resolve) => setTimeout(resolve, wait))
      }
    }
    return false
  }
  const started = start()

  const use = async (): Promise<PgBoss> => {
    if (!boss) await started
    if (!boss || stopped) throw new Error('The queue is closed.')
    return boss
  }

  return {
    started,
    isReady: () => boss !== null,
    offer: async (runs) => {
      if (runs.length === 0) return
      const jobs = runs.map(({ runId, workspaceId }) => ({
        data: { runId, workspaceId },
        singletonKey: runId,
        group: { id: workspaceId },
      }))
      await (await use()).insert('drive-run', jobs)
    },
    take: async (count, exceptWorkspaces) => {
      const options = { batchSize: count, ignoreGroups: [...exceptWorkspaces] }
      const jobs = await (await use()).fetch<unknown>('drive-run', options)
      return jobs.map(runJob)
    },
    done: async (jobs) => {
      // Deleted rather than kept as completed: the tables stay small, and the log knows the story.
      if (jobs.length > 0) await (await use()).deleteJob('drive-run', jobs.map(attempt))
    },
    abandoned: async (runIds) => {
      const jobs = await use()
      for (const key of runIds) await failActive(jobs, { key }, 'The process that took it died.')
    },
    failed: async (job, error) => {
      const message = error instanceof Error ? error.message : String(error)
      const jobs = await use()
      await jobs.fail('drive-run', attempt(job), { message })
      // Perhaps it was the last attempt: nobody should have to wait for the next look at the dead letters.
      if (stuckWorker) jobs.notifyWorker(stuckWorker)
    },
    work: async (name, everySeconds, handle) => {
      const jobs = await use()
      const worker = await jobs.work(name, { pollingIntervalSeconds: everySeconds }, async ([job]) => {
        if (!job) return
        await handle(catalogue[name].data.parse(job.data ?? {}))
        await jobs.deleteJob(name, job.id)
      })
      if (name === 'stuck-run') stuckWorker = worker
    },
    stop: async () => {
      stopped = true
      const begun = await started
      if (begun) await boss?.stop({ graceful: true, timeout: 5_000 })
    },
  }
}

const attempt = ({ id, retryCount }: RunJob) => ({ id, retryCount })

const runJob = ({ id, retryCount, data }: BossJob<unknown>): RunJob => ({
  id,
  retryCount,
  ...catalogue['drive-run'].data.parse(data),
})

/** They count as attempts, so that a run whose take-over kills the process ends as a stuck one. */
async function failActive(boss: PgBoss, which: { key?: string }, message: string): Promise<void> {
  const jobs = await boss.findJobs('drive-run', which)
  const active = jobs.filter(({ state }) => state === 'active').map(({ id }) => id)
  if (active.length > 0) await boss.fail('drive-run', active, { message })
}
