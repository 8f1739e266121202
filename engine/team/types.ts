import type { Failure } from '@/engine/failure'
import type { Json } from '@/engine/json'
import type { Said, Turn } from '@/engine/kind/run'
import type { Tally } from '@/engine/model/tally'
import type { PathKey } from '@/engine/path'

export type Member = { id: string; name: string; kind: string; about: string }

export type TeamSetup = {
  mode: 'supervisor' | 'sequence' | 'parallel'
  /** The team's own path; its turns lie below it. */
  path: PathKey
  goal: string
  members: readonly Member[]
  lead: string
  maxRounds: number
}

export type TurnResult = { status: 'completed'; value: Json } | { status: 'failed'; failure: Failure }
export type DoneTurn = { turn: Turn; result: TurnResult }

export type TeamOutcome = { text: string; data?: Json; transcript: readonly Said[]; usage: Tally }

export type TeamMove =
  | { type: 'open'; turns: readonly Turn[] }
  | { type: 'finish'; outcome: TeamOutcome }
  | { type: 'fail'; failure: Failure }
