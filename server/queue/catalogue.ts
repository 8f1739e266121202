import { z } from 'zod'

/** A run that wants a driver. Carries what sharing out needs, so that nobody has to look at the run for it. */
export const DriveRun = z.strictObject({ runId: z.uuid(), workspaceId: z.uuid() })
export type DriveRun = z.infer<typeof DriveRun>

export const Nothing = z.strictObject({})

export type JobName = 'drive-run' | 'stuck-run' | 'housekeeping'

export type Job = {
  data: z.ZodType<object>
  /** A job that is still being worked on after this time is given to somebody else. */
  expireSeconds: number
  /** Extra attempts, each about twice as long after the one before. */
  retries: number
  retryDelaySeconds: number
  /** Where a job goes that failed for good. */
  deadLetter: JobName | null
  /** At most one job of a key is queued or at work. */
  once: boolean
  /** When it comes up by itself (UTC). */
  cron: string | null
}

/** Every job there is. Dead letters come before the jobs that end there: they must exist first. */
export const catalogue = {
  /** Attempts at a run that can't be taken over are used up: it is paused, so that a person can look at it. */
  'stuck-run': {
    data: DriveRun,
    expireSeconds: 30,
    retries: 1_000,
    retryDelaySeconds: 5,
    deadLetter: null,
    once: false,
    cron: null,
  },
  /** The job is only to find the run a driver: a few milliseconds, after which the run's row says whose it is. */
  'drive-run': {
    data: DriveRun,
    expireSeconds: 10,
    retries: 2,
    retryDelaySeconds: 1,
    deadLetter: 'stuck-run',
    once: true,
    cron: null,
  },
  housekeeping: {
    data: Nothing,
    expireSeconds: 300,
    retries: 1,
    retryDelaySeconds: 60,
    deadLetter: null,
    once: true,
    cron: '*/10 * * * *',
  },
} as const satisfies { [name in JobName]: Job }

export const jobNames = Object.keys(catalogue) as JobName[]
