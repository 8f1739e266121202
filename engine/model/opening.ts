import type { Role } from '@/engine/graph/schema'
import type { Json } from '@/engine/json'
import type { Turn } from '@/engine/kind/run'
import type { Message } from '@/engine/model/types'
import { wholeText } from '@/engine/text-of'

export type OpeningContext = {
  node: { name: string }
  config: { prompt?: string | undefined }
  role: Role | null
  turn: Turn | null
  text: (field: string) => string
  input: () => Json
}

/** What an agent's model is told before it says anything: the worker sends it, the screen shows it. */
export function openingMessages(context: OpeningContext): readonly Message[] {
  const system = systemText(context)
  const user = userText(context)
  return [
    ...(system === '' ? [] : [{ role: 'system', content: system } as const]),
    // Some endpoints refuse a message without words.
    { role: 'user', content: user.trim() === '' ? 'Begin.' : user },
  ]
}

const list = (title: string, items: readonly string[] | undefined): string =>
  items === undefined || items.length === 0 ? '' : `${title}\n${items.map((item) => `- ${item}`).join('\n')}`

function systemText({ role, turn, text, node }: OpeningContext): string {
  const parts = [
    role?.persona ?? '',
    text('instructions'),
    list('Never speak about:', role?.forbiddenTopics),
    list('Your answer must contain:', role?.requiredOutputs),
    turn === null ? '' : teamText(turn, node),
  ]
  return parts
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join('\n\n')
}

function teamText({ member, from }: Turn, { name }: { name: string }): string {
  const called = name === member ? member : `${name} (${member})`
  return from === 'team'
    ? `You are ${called}, a member of a team.`
    : `You are ${called}, a member of a team. Your task comes from ${from}.`
}

function userText({ config, turn, text, input }: OpeningContext): string {
  const prompt = config.prompt === undefined ? null : text('prompt')
  if (turn === null) return prompt ?? wholeText(input())
  const asked = prompt ?? turn.task
  // A prompt of its own may leave out the task; without it a member would not know what it is asked.
  const task = asked.includes(turn.task) ? asked : `${asked}\n\nYour task:\n${turn.task}`
  return [transcriptText(turn), task].filter((part) => part !== '').join('\n\n')
}

function transcriptText({ transcript }: Turn): string {
  if (transcript.length === 0) return ''
  const said = transcript.map(
    ({ from, to, round, text }) => `[round ${round}] ${from}${to === undefined ? '' : ` to ${to}`}:\n${text}`,
  )
  return `What the team has said so far:\n\n${said.join('\n\n')}`
}
