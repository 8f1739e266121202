import { z } from 'zod'
import type { LiveDeps, Member } from './deps'
import type { WatchAnswer } from './protocol'
import type { RunHub } from './run-hub'
import { type Outlet, startWatching } from './watching'

const runsPerSocket = 50
const WatchRequest = z.strictObject({ runId: z.uuid(), after: z.int().min(0).max(2_147_483_647).default(0) })

type Asked = {
  request: unknown
  answer: unknown
  member: Member
  hubOf: (runId: string) => RunHub
  outlet: (runId: string) => Outlet
  deps: Pick<LiveDeps, 'canSee' | 'readEvents'>
}

/** Somebody wants to watch a run. One that isn't theirs answers like one that doesn't exist. */
export async function handleWatch({ request, answer, member, hubOf, outlet, deps }: Asked): Promise<void> {
  const reply = (message: WatchAnswer) => {
    if (typeof answer === 'function') answer(message)
  }
  const asked = WatchRequest.safeParse(request)
  if (!asked.success) return reply({ ok: false, code: 'bad_request' })
  const { runId, after } = asked.data
  const { runs } = member
  if (runs.size >= runsPerSocket && !runs.has(runId)) return reply({ ok: false, code: 'too_many' })

  // Takes the place at once, so that an `unwatch` or a disconnect during the question counts.
  let wanted = true
  const forget = () => {
    wanted = false
  }
  runs.get(runId)?.()
  runs.set(runId, forget)
  const seen = await deps.canSee(member.visitor.actor, runId).catch(() => 'unknown' as const)
  if (!wanted) return
  if (seen === true) {
    reply({ ok: true })
    const readEvents = (from: number, limit: number) => deps.readEvents(runId, from, limit)
    runs.set(runId, startWatching({ hub: hubOf(runId), readEvents, outlet: outlet(runId), after }))
    return
  }
  runs.delete(runId)
  if (seen === 'unknown') return outlet(runId).giveUp()
  reply({ ok: false, code: 'not_found' })
}
