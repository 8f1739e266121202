import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import type { RunView } from '@/components/live/run-store'
import type { Fact, RunEvent } from '@/engine/run/events'
import { newRun, replay } from '@/engine/run/reduce'
import { toWire, type WireEvent } from '@/engine/run/wire'
import { openKeyframes } from './keyframes'
import { advance, timeAt } from './play-time'
import { createReplay } from './replay-store'

const ref = (value: string) => ({ hash: value, size: value.length + 2, inline: value })
const fact: fc.Arbitrary<Fact> = fc.oneof(
  fc.record({ type: fc.constant('node.started' as const), path: place(), attempt: fc.integer({ min: 1, max: 3 }) }),
  place().map((path): Fact => ({ type: 'node.completed', path, attempt: 1, output: ref(path), ports: ['out'] })),
  place().map((path): Fact => ({ type: 'node.skipped', path })),
  fc.tuple(place(), fc.integer({ min: 1, max: 4 })).map(
    ([path, step]): Fact => ({
      type: 'step.completed',
      path,
      step: `m${step}`,
      kind: 'model',
      result: ref(`${path}${step}`),
      startedAt: 1,
      usage: { inputTokens: step, outputTokens: 1, cost: null, steps: 1 },
    }),
  ),
  fc.constant<Fact>({ type: 'note', text: 'said' }),
)
function place() {
  return fc.constantFrom('a', 'b', 'each', 'each[0]/w', 'each[1]/w', 'crew/x#1')
}

const asLog = (facts: readonly Fact[], gaps: readonly number[] = []): WireEvent[] => {
  let at = 1_000
  const first: Fact[] = [{ type: 'run.created', v: 1, input: ref('tea'), trigger: 'manual' }, { type: 'run.started' }]
  return [...first, ...facts].map((each, index) => {
    at += gaps[index % Math.max(1, gaps.length)] ?? 10
    return toWire({ ...each, seq: index + 1, at } as RunEvent)
  })
}

const viewOf = (events: readonly WireEvent[]): RunView => ({
  phase: 'ready',
  connection: 'live',
  state: replay(events),
  events,
  streams: new Map(),
  clockSkew: 0,
  at: null,
})

function openReplay(events: readonly WireEvent[]) {
  const live = createStore<RunView>(() => viewOf(events))
  const frames: ((now: number) => void)[] = []
  const replayed = createReplay({ live, nextFrame: (draw) => frames.push(draw) })
  replayed.open()
  let now = 0
  return {
    live,
    replayed,
    /** Draws one frame; false when none was asked for. */
    frame: (ms: number) => {
      now += ms
      const draw = frames.shift()
      draw?.(now)
      return draw !== undefined
    },
  }
}

describe('a moment of a run', () => {
  it('is the fold of the first events, whichever order moments are visited in', () => {
    fc.assert(
      fc.property(
        fc.array(fact, { maxLength: 120 }),
        fc.array(fc.nat(), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 4 }),
        (facts, visits, distance) => {
          const events = asLog(facts)
          const { stateAt } = openKeyframes(distance)
          for (const visit of visits) {
            const seq = visit % (events.length + 1)
            expect(stateAt(events, seq)).toEqual(replay(events.slice(0, seq)))
          }
        },
      ),
      { numRuns: 60 },
    )
  })

  it('is what the panels are given, with its own time and without words of the present', () => {
    fc.assert(
      fc.property(fc.array(fact, { minLength: 1, maxLength: 40 }), fc.nat(), (facts, wanted) => {
        const events = asLog(facts)
        const { replayed } = openReplay(events)
        const seq = 1 + (wanted % (events.length - 1))
        replayed.seek(seq)
        const view = replayed.shown.getState()
        expect(view.state).toEqual(replay(events.slice(0, seq)))
        expect(view.events).toEqual(events.slice(0, seq))
        expect(view.at).toBe(events[seq - 1]?.at)
        expect(replayed.playing.getState().seq).toBe(seq)
      }),
      { numRuns: 40 },
    )
  })

  it('stays while the run goes on, and the present is shown again when it is asked for', () => {
    const events = asLog([
      { type: 'node.started', path: 'a', attempt: 1 },
      { type: 'node.skipped', path: 'b' },
    ])
    const { live, replayed } = openReplay(events.slice(0, 3))
    replayed.seek(1)
    live.setState(viewOf(events), true)
    expect(replayed.shown.getState().state.seq).toBe(1)
    expect(replayed.playing.getState()).toMatchObject({ seq: 1, last: 4 })
    replayed.toNow()
    expect(replayed.shown.getState()).toBe(live.getState())
  })

  it('steps event by event, never before the first, and behind the last is the present', () => {
    const events = asLog([{ type: 'note', text: 'x' }])
    const { replayed } = openReplay(events)
    replayed.step(-1)
    expect(replayed.playing.getState().seq).toBe(2)
    replayed.step(-5)
    expect(replayed.playing.getState().seq).toBe(1)
    replayed.step(1)
    replayed.step(1)
    expect(replayed.playing.getState().seq).toBeNull()
  })

  it('leaves what is the same at both moments untouched, so that only what differs is drawn again', () => {
    fc.assert(
      fc.property(fc.array(fact, { minLength: 2, maxLength: 120 }), fc.nat(), fc.nat(), (facts, first, second) => {
        const events = asLog(facts)
        const { replayed } = openReplay(events)
        const moments = [first, second].map((wanted) => {
          replayed.seek(1 + (wanted % (events.length - 1)))
          return replayed.shown.getState().state
        })
        const [before, after] = moments
        if (before === undefined || after === undefined) throw new Error('There are two moments.')
        expect(after).toEqual(replay(events.slice(0, after.seq)))
        for (const kind of ['nodes', 'steps'] as const) {
          for (const [path, value] of after[kind]) {
            const known = before[kind].get(path)
            if (known !== undefined && isDeepStrictEqual(known, value)) expect(value).toBe(known)
          }
        }
      }),
      { numRuns: 60 },
    )
  })

  it('is found at once in a log of ten thousand events', () => {
    const facts = Array.from({ length: 10_000 }, (_, index): Fact => {
      const path = `each[${Math.floor(index / 2)}]/w`
      return index % 2 === 0
        ? { type: 'node.started', path, attempt: 1 }
        : { type: 'node.completed', path, attempt: 1, output: ref('x'), ports: ['out'] }
    })
    const events = asLog(facts)
    const { stateAt } = openKeyframes()
    stateAt(events, events.length)
    const folded = { count: 0 }
    const counted = new Proxy(events, {
      get: (target, key) => {
        if (key !== 'slice') return Reflect.get(target, key)
        return (from: number, to: number) => {
          folded.count += to - from
          return target.slice(from, to)
        }
      },
    })
    for (let seq = 0; seq < 10_000; seq += 101) stateAt(counted, seq)
    expect(folded.count / 100).toBeLessThan(400)
    expect(stateAt(events, 0)).toEqual(newRun())
  })
})

describe('playing a run', () => {
  it('comes to the same end at every speed, without skipping back', () => {
    fc.assert(
      fc.property(
        fc.array(fact, { minLength: 3, maxLength: 40 }),
        fc.array(fc.integer({ min: 0, max: 90_000 }), { minLength: 1, maxLength: 5 }),
        fc.constantFrom('1' as const, '4' as const, '16' as const, 'max' as const),
        (facts, gaps, speed) => {
          const events = asLog(facts, gaps)
          const { replayed, frame } = openReplay(events)
          replayed.setSpeed(speed)
          replayed.play()
          let before = 0
          for (let frames = 0; frame(50) && frames < 10_000; frames++) {
            const { seq, last } = replayed.playing.getState()
            expect(seq ?? last).toBeGreaterThanOrEqual(before)
            before = seq ?? last
          }
          expect(replayed.playing.getState()).toMatchObject({ seq: null, isPlaying: false })
          expect(replayed.shown.getState().state).toEqual(replay(events))
        },
      ),
      { numRuns: 40 },
    )
  })

  it('takes as long as the run did, divided by the speed, except for long waits', () => {
    const events = asLog(
      [
        { type: 'note', text: 'a' },
        { type: 'note', text: 'b' },
      ],
      [0, 1_000, 60_000, 400],
    )
    const from = { seq: 1, within: 0 }
    expect(advance(events, from, 999, '1')).toEqual({ seq: 1, within: 999 })
    expect(advance(events, from, 1_000, '1')).toEqual({ seq: 2, within: 0 })
    expect(advance(events, from, 250, '4')).toEqual({ seq: 2, within: 0 })
    expect(advance(events, from, 1_000 + 1_500, '1').seq).toBe(3)
    const middle = timeAt(events, { seq: 2, within: 750 })
    expect(middle - (events[1]?.at ?? 0)).toBe(30_000)
  })

  it('goes on from where it was paused', () => {
    const events = asLog(Array.from({ length: 20 }, (): Fact => ({ type: 'note', text: 'x' })))
    const { replayed, frame } = openReplay(events)
    replayed.play()
    for (let frames = 0; frames < 4; frames++) frame(25)
    replayed.pause()
    frame(25)
    const { seq } = replayed.playing.getState()
    expect(frame(25)).toBe(false)
    replayed.play()
    frame(0)
    expect(replayed.playing.getState().seq).toBe(seq)
    frame(60)
    expect(replayed.playing.getState().seq).toBeGreaterThan(seq ?? 0)
  })
})
