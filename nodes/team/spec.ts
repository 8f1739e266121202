import { z } from 'zod'
import { isJsonObject } from '@/engine/json'
import { name, template } from '@/engine/kind/fields'
import { type CheckContext, defineSpec, type Finding } from '@/engine/kind/spec'

const config = z.strictObject({
  mode: z.enum(['supervisor', 'sequence', 'parallel', 'handoff', 'debate']).meta({
    title: 'Mode',
    description:
      'supervisor: a lead hands out work. sequence: one after another. parallel: all at once. handoff and debate are not available yet.',
  }),
  goal: template({ title: 'Goal', description: 'What the team is to reach. May hold {{ references }}.' }),
  lead: name({ title: 'Lead', description: 'The member that leads. Left out: the first one.' }).optional(),
  judge: name({ title: 'Judge', description: 'The member that judges a debate.' }).optional(),
  maxRounds: z.int().min(1).max(100).default(6).meta({
    title: 'Most rounds',
    description: 'How often the lead may decide. In the last round it must finish.',
  }),
  combine: z.enum(['concat', 'model']).default('concat').meta({
    title: 'Combine',
    description: 'How the answers of a parallel team become one: one below the other, or by a model.',
  }),
  vote: z
    .enum(['judge', 'majority', 'weighted'])
    .optional()
    .meta({ title: 'Vote', description: 'How a debate is decided.' }),
  weights: z
    .record(z.string(), z.number().nonnegative())
    .optional()
    .meta({ title: 'Weights', description: 'What each voice counts, by member.' }),
  tie: z
    .enum(['judge', 'lead', 'first'])
    .optional()
    .meta({ title: 'Tie', description: 'Who decides when votes are equal.' }),
})
export type TeamConfig = z.infer<typeof config>

export const teamSpec = defineSpec<TeamConfig>({
  kind: 'team',
  title: 'Team',
  summary: 'Agents that work on one goal together.',
  family: 'people',
  config,
  ports: () => ['out'],
  expressions: ({ goal }) => [{ field: 'goal', type: 'text', source: goal }],
  work: () => 'steps',
  repeatable: () => true,
  defaultRetries: 0,
  box: {
    binds: [],
    members: {
      kinds: ['agent', 'team', 'workflow'],
      named: ({ lead, judge }) => [
        ...(lead === undefined ? [] : [{ field: 'lead', id: lead }]),
        ...(judge === undefined ? [] : [{ field: 'judge', id: judge }]),
      ],
    },
    absorbsFailure: () => false,
  },
  check: (config, context) => [...checkMode(config), ...checkMembers(config, context)],
  outputFields: () => ['text', 'data', 'transcript', 'minority', 'usage'],
  checkOutput: (_config, output) =>
    isJsonObject(output) && typeof output.text === 'string' ? null : 'a team gives an object with a `text`',
})

function checkMode({ mode }: TeamConfig): Finding[] {
  if (mode !== 'handoff' && mode !== 'debate') return []
  const message = `The team mode ${mode} is not available yet. Choose supervisor, sequence or parallel.`
  return [{ code: 'not_available', field: 'mode', message }]
}

function checkMembers({ mode, lead }: TeamConfig, { children }: CheckContext): Finding[] {
  const members = children.filter((child) => child.kind !== 'note')
  const least = mode === 'supervisor' ? 2 : 1
  if (members.length < least) {
    const message =
      least === 1
        ? 'The team has no members. Put an agent into it.'
        : 'A team with a supervisor needs a lead and at least one other member. Put another agent into it.'
    return [{ code: 'missing_members', message }]
  }
  const leader = lead === undefined ? members[0] : members.find((member) => member.id === lead)
  if (mode !== 'supervisor' || leader === undefined || leader.kind === 'agent') return []
  const message = `The lead of a team must be an agent, and ${leader.id} is a ${leader.kind}. Name an agent as lead.`
  return [{ code: 'invalid_config', field: 'lead', message }]
}
