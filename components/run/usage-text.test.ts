import { describe, expect, it } from 'vitest'
import { number } from '@/e2e/testing/chance'
import { hearDelta, type Stream, streamKey } from '@/engine/run/delta'
import type { Fact } from '@/engine/run/events'
import { replay } from '@/engine/run/reduce'
import { costSoFar, costText, tokensText, usageText, usingInside, usingOf, usingOfRun } from './usage-text'

const ref = { hash: 'h', size: 3, inline: 'x' }
const stateAfter = (...facts: Fact[]) =>
  replay(facts.map((fact, index) => ({ ...fact, seq: index + 1, at: index * 100 })))
const started = (path: string): Fact => ({ type: 'node.started', path, attempt: 1 })
const call = (path: string, step: string, cost: number | null): Fact => ({
  ...{ type: 'step.completed', path, step, kind: 'model', result: ref, startedAt: 0, simulated: false },
  usage: { inputTokens: 100, outputTokens: 50, cost, steps: 1 },
})
const done = (path: string): Fact => ({ type: 'node.completed', path, attempt: 1, output: ref, ports: ['out'] })
const over: Fact = { type: 'run.completed', output: ref }
const said = (path: string, characters: number): Stream =>
  hearDelta(undefined, { path, step: 'm2', attempt: 0, offset: 0, text: 'x'.repeat(characters) })
const streamsOf = (...streams: Stream[]) => new Map(streams.map((stream) => [streamKey(stream), stream]))

describe('what is used while words are on their way', () => {
  it('is about a token for four characters, marked as an estimate, and its price is not known', () => {
    const tokens = number(2, 200)
    const view = { state: stateAfter(started('write')), streams: streamsOf(said('write', tokens * 4)) }
    expect(usageText(usingOf(view, 'write'))).toBe(`~${tokens} tokens · —`)
    expect(tokensText(usingOfRun(view))).toBe(`~${tokens} tokens`)
    expect(costSoFar(usingOfRun(view))).toBe('—')
  })

  it('counts what was said before somebody began to listen', () => {
    const late = { ...said('write', 40), from: 400 }
    const view = { state: stateAfter(started('write')), streams: streamsOf(late) }
    expect(tokensText(usingOf(view, 'write'))).toBe('~110 tokens')
  })

  it('comes on top of what is recorded, whose cost is that of so far', () => {
    const view = {
      state: stateAfter(started('write'), call('write', 'm1', 0.25)),
      streams: streamsOf(said('write', 40), said('other', 80)),
    }
    expect(usageText(usingOf(view, 'write'))).toBe('~160 tokens · $0.250')
    expect(tokensText(usingOfRun(view))).toBe('~180 tokens')
    expect(costSoFar(usingOfRun(view))).toBe('$0.250 so far')
  })

  it('counts in a box what is said in it, and not what is said beside it', () => {
    const streams = streamsOf(said('each[1]/write', 40), said('crew/boss#1', 400), said('each2[0]/write', 4_000))
    const view = { state: stateAfter(started('each'), started('crew')), streams }
    expect(tokensText(usingInside(view, 'each'))).toBe('~10 tokens')
    expect(tokensText(usingInside(view, 'crew'))).toBe('~100 tokens')
  })
})

describe('a cost', () => {
  it('is never nothing before all is over, and afterwards it may be', () => {
    const under = { state: stateAfter(started('write'), call('write', 'm1', 0)), streams: streamsOf() }
    expect(costText(usingOf(under, 'write'))).toBe('—')
    expect(costText(usingOfRun(under))).toBe('—')
    const after = { ...under, state: stateAfter(started('write'), call('write', 'm1', 0), done('write'), over) }
    expect(usageText(usingOf(after, 'write'))).toBe('150 tokens · $0')
    expect(costSoFar(usingOfRun(after))).toBe('$0')
  })

  it('stays unknown when a price was', () => {
    const view = { state: stateAfter(started('write'), call('write', 'm1', null)), streams: streamsOf() }
    expect(costText(usingOf(view, 'write'))).toBe('—')
    expect(costSoFar(usingOfRun(view))).toBe('—')
  })

  it('is not spoken of where nothing was used', () => {
    expect(usageText(usingOf({ state: stateAfter(started('write')), streams: streamsOf() }, 'write'))).toBe('')
  })
})
