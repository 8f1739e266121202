import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Heap, popHeap, pushHeap } from './heap'

it('gives what is earliest, however pushing and popping alternate', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.nat(50))), (moves) => {
      const heap: Heap<number> = []
      const model: number[] = []
      for (const at of moves) {
        if (at === null) expect(popHeap(heap)).toBe(model.shift())
        else {
          pushHeap(heap, at, at)
          model.push(at)
          model.sort((a, b) => a - b)
        }
        expect(heap[0]?.at).toBe(model[0])
      }
    }),
  )
})
