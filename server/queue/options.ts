import type { Queue as BossQueue } from 'pg-boss'
import { catalogue, type Job, type JobName } from './catalogue'

/** What failed for good is kept for a while, to be looked at; everything else leaves at once. */
const keepFailedSeconds = 24 * 3600

/** Jobs are only pointers at rows that are looked after anyway, so old ones may be forgotten. */
const keepQueuedSeconds = 14 * 24 * 3600

/** A catalogue entry in the words of pg-boss. */
export function bossOptions(name: JobName): Omit<BossQueue, 'name'> {
  const job: Job = catalogue[name]
  return {
    policy: job.once ? 'exclusive' : 'standard',
    expireInSeconds: job.expireSeconds,
    retryLimit: job.retries,
    retryDelay: job.retryDelaySeconds,
    retryBackoff: true,
    retryDelayMax: 300,
    retentionSeconds: keepQueuedSeconds,
    deleteAfterSeconds: keepFailedSeconds,
    ...(job.deadLetter ? { deadLetter: job.deadLetter } : {}),
  }
}
