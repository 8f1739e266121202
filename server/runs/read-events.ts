import type { RunEvent } from '@/engine/run/events'
import type { Deps } from '@/server/use-case'

/** A piece of a run's log, in order. Whether the one who asks may see it is decided before. */
export async function readEvents(
  { db }: Pick<Deps, 'db'>,
  runId: string,
  after: number,
  limit: number,
): Promise<RunEvent[]> {
  const rows = await db.runEvent.findMany({
    where: { runId, seq: { gt: after } },
    orderBy: { seq: 'asc' },
    take: limit,
    select: { event: true },
  })
  return rows.map(({ event }) => JSON.parse(event) as RunEvent)
}

/** The whole log, page by page. */
export async function readLog(deps: Pick<Deps, 'db'>, runId: string): Promise<RunEvent[]> {
  const pageSize = 5_000
  const events: RunEvent[] = []
  for (;;) {
    const page = await readEvents(deps, runId, events.length, pageSize)
    events.push(...page)
    if (page.length < pageSize) return events
  }
}
