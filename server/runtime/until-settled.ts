import type { Fleet } from './fleet'
import { isSettled } from './flush'

/** Looks at a run that is driven elsewhere come less and less often: a notice says when it settled. */
const firstLookMs = 20
const laterLookMs = 3_000

/** Over, paused, or nothing goes on without a person. In this process the driver says so, elsewhere a notice does. */
export async function untilSettled(fleet: Fleet, runId: string, signal: AbortSignal): Promise<void> {
  let wait = firstLookMs
  while (!signal.aborted) {
    const drive = fleet.drives.get(runId)
    if (drive && !isSettled(drive)) await once(signal, (done) => drive.waiters.add(done))
    else if (await isSettledOnDisk(fleet, runId)) return
    else {
      await fleet.relay.settles(runId, wait, signal)
      wait = Math.min(wait * 2, laterLookMs)
    }
  }
}

async function isSettledOnDisk({ deps }: Fleet, runId: string): Promise<boolean> {
  const { rows } = await deps.pool.query<{ status: string; summary: { waitingFor?: { reason: string }[] } | null }>({
    name: 'is-settled',
    text: 'select status, summary from run where id = $1',
    values: [runId],
  })
  const row = rows[0]
  return !row || isSettledRow(row.status, row.summary?.waitingFor ?? [])
}

const isSettledRow = (status: string, waiting: readonly { reason: string }[]): boolean =>
  ['completed', 'failed', 'cancelled', 'paused'].includes(status) ||
  (status === 'waiting' && waiting.some(({ reason }) => ['approval', 'tool_approval', 'doubt'].includes(reason)))

const once = (signal: AbortSignal, begin: (done: () => void) => void): Promise<void> =>
  new Promise((resolve) => {
    const finish = () => {
      signal.removeEventListener('abort', finish)
      resolve()
    }
    signal.addEventListener('abort', finish, { once: true })
    begin(finish)
  })
