import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '@/engine/json'
import { decisionSchema } from '@/engine/team/decision'
import { simulate } from '@/server/models/simulated/simulated'

const answer = (outputSchema: JsonObject, content: string): Json =>
  JSON.parse(simulate({ model: 'default', messages: [{ role: 'user', content }], outputSchema }).text) as Json

describe('the simulated model as a lead', () => {
  const next = {
    type: 'object',
    required: ['next'],
    properties: { next: { enum: ['researcher', 'writer', 'finish'] } },
  }

  it('asks everybody once and then finishes', () => {
    expect(answer(next, 'Goal: a brief.')).toEqual({ next: 'researcher' })
    expect(answer(next, 'Goal: a brief.\nresearcher: done')).toEqual({ next: 'writer' })
    expect(answer(next, 'Goal: a brief.\nresearcher#1: a\nwriter#1: b')).toEqual({ next: 'finish' })
  })

  const members = ['researcher', 'writer'].map((id) => ({ id, name: id, about: 'works', kind: 'agent' }))
  const goal = 'You lead a team. The goal:\nWrite a brief about green tea'
  const team = 'The members of your team:\n- researcher: finds out\n- writer (Writer): writes'
  const schema = decisionSchema(members, false)

  it('hands work to each member, about the goal, and has no result yet', () => {
    expect(answer(schema, `${goal}\n\n${team}\n\nThis is round 1 of at most 6.`)).toMatchObject({
      delegate: [
        { to: 'researcher', task: expect.stringContaining('green tea') },
        { to: 'writer', task: expect.stringContaining('green tea') },
      ],
      finish: null,
    })
  })

  it('gives the result when all have worked, and work only to those who haven’t', () => {
    const said = (...who: string[]) => who.map((name) => `[round 1] ${name}:\nSomething about tea.`).join('\n\n')
    const decideAfter = (transcript: string) =>
      answer(
        schema,
        `What the team has said so far:\n\n[round 1] lead to researcher:\nGo\n\n${transcript}\n\n${goal}\n\n${team}`,
      )
    expect(decideAfter(said('researcher'))).toMatchObject({ delegate: [{ to: 'writer' }], finish: null })
    expect(decideAfter(said('researcher', 'writer'))).toMatchObject({
      delegate: [],
      finish: expect.stringContaining('green tea'),
    })
  })

  it('gives the result in the last round', () => {
    expect(answer(decisionSchema(members, true), goal)).toMatchObject({ finish: expect.stringContaining('green tea') })
  })

  it('a member writes about its task and not about what was said before', () => {
    const content =
      'What the team has said so far:\n\n[round 1] lead:\nLet us see about coffee.\n\nYour task:\nWrite about green tea.'
    expect(simulate({ model: 'default', messages: [{ role: 'user', content }] }).text).toMatch(/^## Green tea\n/)
  })
})
