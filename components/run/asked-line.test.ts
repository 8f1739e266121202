import fc from 'fast-check'
import { expect, it } from 'vitest'
import { previewLimit } from '@/engine/payload'
import { withheld } from '@/engine/share/projection'
import { refTo } from '@/engine/testing/open-run'
import { askedAbout, askedLine } from './asked-line'

const approval = (message: ReturnType<typeof refTo>) =>
  ({ reason: 'approval', title: 'Go on?', message, fields: [], onTimeout: 'fail' }) as const
const call = (given: ReturnType<typeof refTo>) =>
  ({ reason: 'tool_approval', step: 's', tool: 'calculator', arguments: given }) as const
const word = fc.stringMatching(/^[a-z]{1,12}$/)

it('shows what a tool is to be called with, by name', () => {
  fc.assert(
    fc.property(word, word, fc.integer(), (name, text, number) => {
      const line = askedLine(call(refTo({ [name]: text, [`${name}_n`]: number })))
      expect(line).toBe(`${name}: ${text} ${name}_n: ${number}`)
    }),
  )
  expect(askedLine(call(refTo({})))).toBe('')
})

it('shows the beginning of the message as a person reads it, on one line or as it was written', () => {
  fc.assert(
    fc.property(word, word, (first, second) => {
      const message = approval(refTo(`## ${first}\n\n**${second}** is ready.`))
      expect(askedLine(message)).toBe(`${first} ${second} is ready.`)
      expect(askedAbout(message)).toContain(`## ${first}\n\n`)
    }),
  )
  expect(askedAbout(approval(refTo('word '.repeat(1_000)))).length).toBe(previewLimit)
  expect(askedLine(approval(refTo('')))).toBe('')
})

it('has nothing to show of what was not shared, and of a doubt', () => {
  expect(askedLine(approval(withheld))).toBe('')
  expect(askedLine(call(withheld))).toBe('')
  expect(askedLine({ reason: 'doubt', step: 'send' })).toBe('')
})
