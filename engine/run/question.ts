import type { Waiting } from './events'

/** What a person is asked. */
export type Question = Extract<Waiting, { reason: 'approval' | 'tool_approval' | 'doubt' }>

export function questionOf(waiting: Question): string {
  if (waiting.reason === 'approval') return waiting.title
  if (waiting.reason === 'tool_approval') return `May the tool ${waiting.tool} be used?`
  return `Baton was cut off during ${waiting.step}. Should it be done again?`
}

export const isQuestion = (waiting: Waiting): waiting is Question =>
  waiting.reason === 'approval' || waiting.reason === 'tool_approval' || waiting.reason === 'doubt'
