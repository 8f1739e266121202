import { assertNever } from '@/engine/json'
import { statusOf } from '@/engine/run/summary'
import type { Actor } from '@/server/people/actor'
import { done, notFound, type Outcome, refuse } from '@/server/refusal'
import { isoTime } from '@/server/runs/run-view'
import type { Command } from '@/server/runtime/types'
import type { Deps } from '@/server/use-case'
import { isUuid } from '@/server/uuid'

/** What was ordered is on disk; `status` is the one at this moment. */
export type Ordered = { id: string; status: string }

export async function sendCommand(
  { runtime }: Deps,
  { workspaceId }: Actor,
  id: string,
  command: Command,
): Promise<Outcome<Ordered>> {
  if (!isUuid(id)) return notFound('run')
  const answer = await runtime.send(workspaceId, id, command)
  switch (answer.type) {
    case 'accepted': {
      const state = await runtime.read(id)
      return state ? done({ id, status: statusOf(state) }) : notFound('run')
    }
    case 'not_found':
      return notFound('run')
    case 'already_decided': {
      const { decision, by, at } = answer
      const who = by.name ?? by.type
      return refuse('already_decided', `This was decided before: ${decision}, by ${who}.`, {
        extra: { decision, by: { ...by }, at: isoTime(at) },
      })
    }
    case 'not_waiting':
      return refuse('not_waiting', 'Nothing waits for a decision there.')
    case 'wrong_state':
      return refuse('wrong_state', `The run is ${answer.status}, so this can't be done.`, {
        extra: { runStatus: answer.status },
      })
    default:
      return assertNever(answer)
  }
}
