import { isJsonObject, type Json } from '@/engine/json'
import type { Evaluate, Frame } from './frame'
import { kindOf, truth } from './values'
import { failed, spend } from './work'

/** A macro binds each item of a list (or each key of an object) to one slot and evaluates its bodies. */
export type Loop = { name: string; receiver: Evaluate; slot: number; bodies: readonly Evaluate[]; cost: number }

function eachItem(loop: Loop, frame: Frame, items: readonly Json[], visit: (item: Json) => 'stop' | 'go on'): void {
  for (const item of items) {
    spend(frame.work, loop.cost)
    frame.slots[loop.slot] = item
    if (visit(item) === 'stop') return
  }
}

function itemsOf(value: Json, name: string): readonly Json[] | null {
  if (value === null || Array.isArray(value)) return value
  if (isJsonObject(value)) return Object.keys(value)
  throw failed(`${name}() goes through a list or an object, but got ${kindOf(value)}.`)
}

const bodyOf = (loop: Loop, index: number): Evaluate => {
  const body = loop.bodies[index]
  if (!body) throw new Error(`${loop.name} has no body ${index}`)
  return body
}

type Quantifier = (holding: number, items: number) => boolean

/** `enough` ends the search as soon as the answer is known. */
const quantifier =
  (enough: (holds: boolean, holding: number) => boolean, answer: Quantifier) =>
  (loop: Loop): Evaluate => {
    const body = bodyOf(loop, 0)
    return (frame) => {
      const items = itemsOf(loop.receiver(frame), loop.name)
      if (items === null) return false
      let holding = 0
      let seen = 0
      eachItem(loop, frame, items, () => {
        const holds = truth(body(frame), `${loop.name}()`)
        seen += 1
        if (holds) holding += 1
        return enough(holds, holding) ? 'stop' : 'go on'
      })
      return answer(holding, seen)
    }
  }

const collector =
  (keep: (loop: Loop, frame: Frame, item: Json, found: Json[]) => void) =>
  (loop: Loop): Evaluate =>
  (frame) => {
    const items = itemsOf(loop.receiver(frame), loop.name)
    if (items === null) return null
    const found: Json[] = []
    eachItem(loop, frame, items, (item) => {
      keep(loop, frame, item, found)
      return 'go on'
    })
    return found
  }

const filter = collector((loop, frame, item, found) => {
  if (truth(bodyOf(loop, 0)(frame), 'filter()')) found.push(item)
})

const map = collector((loop, frame, _item, found) => {
  if (loop.bodies.length === 2 && !truth(bodyOf(loop, 0)(frame), 'map()')) return
  found.push(bodyOf(loop, loop.bodies.length - 1)(frame))
})

/** By name, with the number of arguments behind the variable. */
export const macros: ReadonlyMap<string, { bodies: readonly number[]; build(loop: Loop): Evaluate }> = new Map([
  [
    'all',
    {
      bodies: [1],
      build: quantifier(
        (holds) => !holds,
        (holding, seen) => holding === seen,
      ),
    },
  ],
  [
    'exists',
    {
      bodies: [1],
      build: quantifier(
        (holds) => holds,
        (holding) => holding > 0,
      ),
    },
  ],
  [
    'exists_one',
    {
      bodies: [1],
      build: quantifier(
        (_, holding) => holding > 1,
        (holding) => holding === 1,
      ),
    },
  ],
  ['filter', { bodies: [1], build: filter }],
  ['map', { bodies: [1, 2], build: map }],
])
