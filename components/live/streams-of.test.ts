import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Stream } from '@/engine/run/delta'
import { streamsOf } from './streams-of'

const stream: fc.Arbitrary<Stream> = fc.record({
  path: fc.constantFrom('a', 'b', 'each[0]/a'),
  step: fc.constantFrom('m1', 'm2', 'm3'),
  attempt: fc.constant(1),
  from: fc.nat(9),
  text: fc.string(),
})

it('gives the words under way at one path, in the order in which they began', () => {
  fc.assert(
    fc.property(fc.array(stream), fc.constantFrom('a', 'b', 'each[0]/a', 'nowhere'), (all, path) => {
      const streams = new Map(all.map((each) => [`${each.path}:${each.step}`, each]))
      const wanted = [...streams.values()].filter((each) => each.path === path)
      expect(streamsOf(streams, path)).toEqual(wanted)
      expect(streamsOf(streams, path)).toEqual(wanted)
    }),
  )
})
