import type { RunView } from '@/components/live/run-store'
import { streamsOf } from '@/components/live/streams-of'
import { formatCost, formatTokens, unknown } from '@/components/ui/format'
import { type Stream, streamEnd } from '@/engine/run/delta'
import { isOver } from '@/engine/run/state'
import type { Usage } from '@/engine/usage'
import { isUnderWay, liesIn, usageInside, usageOf } from './node-numbers'

/** What is recorded, and about how much more is being said at this moment. */
export type Using = { recorded: Usage | null; streamed: number; isUnderWay: boolean }
type Seen = Pick<RunView, 'state' | 'streams'>

export const usingOf = ({ state, streams }: Seen, path: string): Using => ({
  recorded: usageOf(state, path),
  streamed: tokensIn(streamsOf(streams, path)),
  isUnderWay: isUnderWay(state.nodes.get(path)),
})

/** The same with everything that lies in a box. */
export const usingInside = ({ state, streams }: Seen, path: string): Using => ({
  recorded: usageInside(state, path),
  streamed: tokensIn([...streams.values()].filter((each) => each.path === path || liesIn(each.path, path))),
  isUnderWay: isUnderWay(state.nodes.get(path)),
})

export const usingOfRun = ({ state, streams }: Seen): Using => ({
  recorded: state.usage,
  streamed: tokensIn([...streams.values()]),
  isUnderWay: !isOver(state.run),
})

const charactersPerToken = 4

/** How many tokens words are is told when all are there; until then this is about right. */
const tokensIn = (streams: readonly Stream[]): number =>
  streams.reduce((sum, stream) => sum + Math.ceil(streamEnd(stream) / charactersPerToken), 0)

const tokensOf = ({ recorded, streamed }: Using): number =>
  (recorded ? recorded.inputTokens + recorded.outputTokens : 0) + streamed

/** `~1.2k tokens`: marked where a part of it is an estimate. */
export const tokensText = (using: Using): string => `${using.streamed > 0 ? '~' : ''}${formatTokens(tokensOf(using))}`

/** While something is under way, no cost doesn't mean that it is free: its price is not known yet. */
export function costText({ recorded, isUnderWay }: Using): string {
  return recorded === null || (isUnderWay && recorded.cost === 0) ? unknown : formatCost(recorded.cost)
}

export function costSoFar(using: Using): string {
  const cost = costText(using)
  return using.isUnderWay && cost !== unknown ? `${cost} so far` : cost
}

/** Both, as short as a card needs it; empty where nothing was used. */
export const usageText = (using: Using): string =>
  tokensOf(using) === 0 ? '' : `${tokensText(using)} · ${costText(using)}`
