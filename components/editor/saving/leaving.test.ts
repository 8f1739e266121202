import { expect, it } from 'vitest'
import { hasLeft, isLeaving, leaveWith } from '@/components/editor/saving/leaving'

it('a workflow is being left until what it still had to say is answered, whatever the answer is', async () => {
  for (const end of ['resolve', 'reject'] as const) {
    const answer = Promise.withResolvers<void>()
    leaveWith('w', answer.promise)
    expect([isLeaving('w'), isLeaving('other')]).toEqual([true, false])
    let isThere = false
    const waiting = hasLeft('w').then(() => {
      isThere = true
    })
    await Promise.resolve()
    expect(isThere).toBe(false)
    answer[end](undefined)
    await waiting
    expect(isLeaving('w')).toBe(false)
  }
})

it('left twice in a row, it is left when the second answer is there', async () => {
  const [first, second] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  leaveWith('w', first.promise)
  leaveWith('w', second.promise)
  first.resolve()
  await first.promise
  await new Promise(setImmediate)
  expect(isLeaving('w')).toBe(true)
  second.resolve()
  await hasLeft('w')
  expect(isLeaving('w')).toBe(false)
})
