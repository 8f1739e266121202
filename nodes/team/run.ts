import { NodeError } from '@/engine/failure'
import { isJsonObject, type Json, type JsonObject } from '@/engine/json'
import { refuseRefusal } from '@/engine/kind/ask'
import { type BoxContext, type BoxMove, defineBox, type Turn } from '@/engine/kind/run'
import { addTally, tallyOf } from '@/engine/model/tally'
import { describeMember } from '@/engine/team/members'
import { nextMove } from '@/engine/team/rounds'
import type { DoneTurn, TeamOutcome, TeamSetup } from '@/engine/team/types'
import { type TeamConfig, teamSpec } from './spec'

type Context = BoxContext<TeamConfig>

export const teamRun = defineBox(teamSpec, async (context): Promise<BoxMove> => {
  const setup = setupOf(context)
  const move = nextMove(setup, turnsSoFar(context))
  if (move.type === 'fail') throw new NodeError(move.failure)
  if (move.type === 'open') {
    const turns = move.turns.map(({ member, turn }) => ({ member, turn }))
    return { open: { type: 'turns', turns }, value: { turns: move.turns } as unknown as Json }
  }
  const combined = setup.mode === 'parallel' && context.config.combine === 'model'
  return { output: outputOf(combined ? await combine(context, setup, move.outcome) : move.outcome) }
})

function setupOf({ config, path, members, text }: Context): TeamSetup {
  const { mode, maxRounds } = config
  if (mode === 'handoff' || mode === 'debate') {
    throw new NodeError({ code: 'invalid_config', message: `The team mode ${mode} is not available yet.` })
  }
  const lead = config.lead ?? members[0]?.id
  if (lead === undefined) throw new NodeError({ code: 'invalid_config', message: 'The team has no members.' })
  return { mode, path, maxRounds, lead, goal: text('goal'), members: members.map(describeMember) }
}

/** The openings were recorded by this file. */
const turnsIn = (value: Json): readonly Turn[] => (value as unknown as { turns: readonly Turn[] }).turns

const turnsSoFar = ({ opened, turnResult }: Context): readonly DoneTurn[] =>
  opened.flatMap(({ value }) => turnsIn(value).map((turn) => ({ turn, result: turnResult(turn.member, turn.turn) })))

async function combine(context: Context, setup: TeamSetup, outcome: TeamOutcome): Promise<TeamOutcome> {
  const lead = context.members.find((member) => member.id === setup.lead)?.config
  const model = isJsonObject(lead) && typeof lead.model === 'string' ? lead.model : 'default'
  const content = `The goal:\n${setup.goal}\n\nThe answers:\n\n${outcome.text}`
  const answer = refuseRefusal(
    await context.steps.model('m1', {
      model,
      messages: [
        { role: 'system', content: combiner },
        { role: 'user', content },
      ],
    }),
  )
  return { ...outcome, text: answer.text, usage: addTally(outcome.usage, tallyOf(answer)) }
}

const combiner =
  'Several members of a team have answered the same goal. Make one answer of theirs: keep what is best, leave out what repeats, and say where they disagree. Write only the answer.'

const outputOf = ({ text, data, transcript, usage }: TeamOutcome): JsonObject => ({
  text,
  ...(data === undefined ? {} : { data }),
  transcript: transcript.map((said) => ({ ...said })),
  usage: { ...usage },
})
