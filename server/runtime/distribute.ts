import type { DriveRun } from '@/server/queue/catalogue'
import type { Queue, RunJob } from '@/server/queue/queue'
import type { RuntimeDeps } from './deps'
import { mayHavePassed } from './event-log'
import { type Fleet, take } from './fleet'
import { type Batch, fairBatch, openBatch } from './room'

/** Says that there are jobs. */
export const workChannel = 'baton_work'

const jobsAtATime = 500
/** After something failed, jobs come due for which nobody gives a sign. */
const restlessMs = 20_000
const countEveryMs = 500

type Deps = Pick<RuntimeDeps, 'pool' | 'report'> & { queue: Queue }

export type Distribution = {
  /** Gives a run to whoever has room. The run's row is the safety net should this fail. */
  offer: (run: DriveRun) => void
  /** There may be jobs. */
  wake: () => void
  /** A slot is free. */
  freed: () => void
  /** Jobs may have come due without a sign. */
  isRestless: () => boolean
  /** So many runs wait for a slot that more would only wait longer. */
  isFull: () => Promise<boolean>
  /** Resolves when nothing is being taken from the queue any more. */
  rest: () => Promise<void>
}

export function createDistribution(fleetOf: () => Fleet, deps: Deps, works: boolean): Distribution {
  const restless = { until: 0 }
  const filler = createFiller(fleetOf, deps, restless)
  const waiting = countWaiting(fleetOf, deps)
  const offer = createOffers(deps)
  return {
    offer: (run) => {
      waiting.add()
      offer(run)
    },
    wake: works ? filler.wake : () => {},
    freed: works ? filler.freed : () => {},
    isRestless: () => performance.now() < restless.until || filler.mayHaveMore(),
    isFull: waiting.isFull,
    rest: filler.rest,
  }
}

/** Takes jobs from the queue as long as there is room for them. */
function createFiller(fleetOf: () => Fleet, { queue, report }: Deps, restless: { until: number }) {
  let mayHaveMore = true
  let again = false
  let filling: Promise<void> | null = null
  const batches = new Set<Promise<void>>()

  const round = async (): Promise<boolean> => {
    const fleet = fleetOf()
    const fair = fairBatch(fleet)
    if (!fair) return false
    let jobs = await takeJobs(fleet, fair)
    const open = jobs.length === 0 && fair.except.length > 0 ? openBatch(fleet) : null
    if (open) jobs = await takeJobs(fleet, open)
    if (jobs.length === 0) {
      // Those of workspaces at their limit wait for a slot of their own.
      mayHaveMore = (open ?? fair).except.length > 0
      return false
    }
    const batch = driveAll(fleet, jobs, restless).finally(() => batches.delete(batch))
    batches.add(batch)
    return true
  }

  /** As long as nobody knows whose runs will come, their slots are nobody's. */
  const takeJobs = async (fleet: Fleet, batch: Batch): Promise<RunJob[]> => {
    fleet.fetching = batch
    try {
      const jobs = await queue.take(batch.count, batch.except)
      for (const { runId, workspaceId } of jobs) fleet.reserved.set(runId, workspaceId)
      return jobs
    } finally {
      fleet.fetching = null
    }
  }

  const fill = () => {
    const fleet = fleetOf()
    if (fleet.stopping || !queue.isReady()) return
    if (filling) {
      again = true
      return
    }
    again = false
    filling = (async () => {
      while (!fleet.stopping && (await round()));
    })()
      .catch((error) => report(error, { doing: 'queue' }))
      .finally(() => {
        filling = null
        // A sign that came after the last look.
        if (again) fill()
      })
  }

  return {
    wake: () => {
      mayHaveMore = true
      fill()
    },
    freed: () => {
      if (mayHaveMore) fill()
    },
    mayHaveMore: () => mayHaveMore,
    rest: async () => {
      await filling
      await Promise.all(batches)
    },
  }
}

/** A job is done when the run has a driver, this process or another one. */
async function driveAll(fleet: Fleet, jobs: readonly RunJob[], restless: { until: number }): Promise<void> {
  const { queue, deps } = fleet
  const { report } = deps
  const done: RunJob[] = []
  const failed: { job: RunJob; error: unknown }[] = []
  await Promise.all(
    jobs.map(async (job) => {
      try {
        await take(fleet, job.runId, true)
        done.push(job)
      } catch (error) {
        report(error, { run: job.runId, doing: 'take-over' })
        // Trouble with the database says nothing about the run: the sweep finds it again.
        if (mayHavePassed(error)) done.push(job)
        else failed.push({ job, error })
      } finally {
        fleet.reserved.delete(job.runId)
        // The run may be through already.
        fleet.distribution.freed()
      }
    }),
  )
  if (failed.length > 0) restless.until = performance.now() + restlessMs
  try {
    await queue.done(done)
    for (const { job, error } of failed) await queue.failed(job, error)
  } catch (error) {
    if (!fleet.stopping) report(error, { doing: 'queue' })
  }
}

/** Whatever comes up while a statement is under way goes into the next one. */
function createOffers({ queue, pool, report }: Deps) {
  let offered: DriveRun[] = []
  let sending = false

  const send = async () => {
    sending = true
    while (offered.length > 0) {
      const runs = offered.splice(0, jobsAtATime)
      try {
        await queue.offer(runs)
        await pool.query({ name: 'notify-work', text: `select pg_notify('${workChannel}', '1')` })
      } catch (error) {
        report(error, { doing: 'queue' })
        offered = []
      }
    }
    sending = false
  }
  return (run: DriveRun) => {
    offered.push(run)
    if (!sending) void send()
  }
}

/** Counted now and then, and in between what came here is added. */
function countWaiting(fleetOf: () => Fleet, { pool }: Deps) {
  let count = 0
  let counted = Number.NEGATIVE_INFINITY
  return {
    add: () => {
      count++
    },
    isFull: async () => {
      const { limits } = fleetOf()
      if (performance.now() - counted > countEveryMs) {
        counted = performance.now()
        const { rows } = await pool.query<{ count: number }>({
          name: 'count-waiting',
          text: `select count(*) as count from (
            select from run where finished_at is null and owner is null and status = 'queued' limit $1) waiting`,
          values: [limits.waiting],
        })
        count = rows[0]?.count ?? 0
      }
      return count >= limits.waiting
    },
  }
}
