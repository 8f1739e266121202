import { isJsonObject, own } from '@/engine/json'
import type { Member } from '@/engine/team/types'

const longest = 300

const shorten = (text: string): string => {
  const line = text.trim().replaceAll(/\s+/g, ' ')
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line
}

/** What a lead is told of a member: the words that its own config uses. */
export function describeMember({
  id,
  name,
  kind,
  config,
}: {
  id: string
  name: string
  kind: string
  config: unknown
}): Member {
  const word = { agent: 'instructions', team: 'goal', workflow: 'workflow' }[kind]
  const said = word !== undefined && isJsonObject(config) ? own(config, word) : undefined
  const text = typeof said === 'string' ? shorten(said) : ''
  return { id, name, kind, about: kind === 'workflow' && text !== '' ? `runs the workflow ${text}` : text }
}
