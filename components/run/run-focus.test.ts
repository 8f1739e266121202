import { expect, it } from 'vitest'
import { createFocus } from './run-focus'

const heard: (string | null)[] = []
const open = (selected: string | null) => createFocus(selected, (path) => heard.push(path))

it('shows the item that an address leads to, in every box on the way', () => {
  const { chosen, selected } = open('outer[2]/each[4]/write').getState()
  expect(selected).toBe('outer[2]/each[4]/write')
  expect([...chosen]).toEqual([
    ['outer', 2],
    ['outer[2]/each', 4],
  ])
  expect(open(null).getState().chosen.size).toBe(0)
})

it('shows the item of what is selected elsewhere, and goes on following where that is shown anyway', () => {
  const focus = open(null)
  focus.follow('each', 7)
  focus.select('each[7]/write')
  expect(focus.getState().chosen.size).toBe(0)
  focus.select('each[0]/write')
  expect([...focus.getState().chosen]).toEqual([['each', 0]])
  focus.select(null)
  expect([...focus.getState().chosen]).toEqual([['each', 0]])
})

it('leads to the form of a decision once, and again when that is asked for again', () => {
  const focus = open('gate')
  for (const _ of [1, 2]) {
    focus.decide('gate')
    expect(focus.getState()).toMatchObject({ selected: 'gate', deciding: 'gate' })
    focus.reached()
    expect(focus.getState().deciding).toBeNull()
  }
})
