import type { Said } from '@/engine/kind/run'
import { addTally, nothing, type Tally, tallyIn } from '@/engine/model/tally'
import { formatSegment } from '@/engine/path'
import { readDecision } from '@/engine/team/decision'
import type { DoneTurn, TeamSetup } from '@/engine/team/types'
import { textOf } from '@/engine/text-of'

/** What was said in these turns, in the order in which they were opened. A lead's decision shows as what it said. */
export function transcriptOf(setup: TeamSetup, turns: readonly DoneTurn[]): readonly Said[] {
  return turns.flatMap(({ turn, result }): Said[] => {
    if (result.status === 'failed') return []
    const said = {
      path: `${setup.path}/${formatSegment({ node: turn.member, turn: turn.turn })}`,
      from: turn.member,
      round: turn.round,
    }
    if (turn.decision === undefined) {
      const answer = { ...said, text: textOf(result.value) }
      return [setup.mode === 'supervisor' ? { ...answer, to: turn.from } : answer]
    }
    const { say, delegate, finish } = readDecision(result.value)
    const orders = delegate.map(({ to, task }) => ({ ...said, to, text: task }))
    const spoken = [say, finish ?? ''].filter((text) => text !== '').join('\n\n')
    return spoken === '' ? orders : [{ ...said, text: spoken }, ...orders]
  })
}

export const usageOf = (turns: readonly DoneTurn[]): Tally =>
  turns.map(({ result }) => (result.status === 'completed' ? tallyIn(result.value) : nothing)).reduce(addTally, nothing)
