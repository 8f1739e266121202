import { describe, expect, it } from 'vitest'
import { runTree } from '@/components/run/run-tree'
import type { Opening } from '@/engine/run/events'
import { buildGraph } from '@/engine/testing/build-graph'
import { openRun, planOf } from '@/engine/testing/open-run'
import { specs } from '@/nodes/registry/specs'
import { teamsIn, transcriptOf } from './transcript'

const member = (id: string) => ({
  id,
  kind: 'agent',
  name: id.toUpperCase(),
  parent: 'crew',
  config: { instructions: 'Help.' },
})
const teamOf = (mode: string) =>
  buildGraph(
    [
      { id: 'crew', kind: 'team', config: { mode, goal: 'Win', ...(mode === 'supervisor' && { lead: 'boss' }) } },
      member('ann'),
      member('boss'),
      member('coder'),
      { id: 'done', kind: 'output' },
    ],
    ['crew -> done'],
  )
const turns = (...members: [string, number][]): Opening => ({
  type: 'turns',
  turns: members.map(([id, turn]) => ({ member: id, turn })),
})

function play(mode: string, rounds: readonly (readonly [string, number][])[]) {
  const graph = teamOf(mode)
  const run = openRun(planOf(graph, specs))
  rounds.forEach((round, at) => {
    run.opens('crew', turns(...round))
    if (at < rounds.length - 1) for (const [id, turn] of round) run.done(`crew/${id}#${turn}`)
  })
  const [team] = teamsIn(runTree(graph, run.state))
  if (!team) throw new Error('the team has not begun')
  const said = transcriptOf(graph, run.state, team.path, team.node)
  return said.map(({ name, to, round, leads, state }) => ({ name, to, round, leads, status: state?.status }))
}

describe('the transcript of a team', () => {
  it('with a lead says whom the lead asks, who answers to it, and in which round', () => {
    const said = play('supervisor', [
      [['boss', 1]],
      [
        ['ann', 1],
        ['coder', 1],
      ],
      [['boss', 2]],
    ])
    const done = 'completed'
    expect(said).toMatchObject([
      { name: 'BOSS', to: ['ANN', 'CODER'], round: 1, leads: true, status: done },
      { name: 'ANN', to: ['BOSS'], round: 1, leads: false, status: done },
      { name: 'CODER', to: ['BOSS'], round: 1, status: done },
      { name: 'BOSS', to: [], round: 2, leads: true },
    ])
    expect(said.at(-1)?.status).not.toBe(done)
  })

  it('in a row says who hands on to whom', () => {
    expect(play('sequence', [[['ann', 1]], [['boss', 1]], [['coder', 1]]])).toMatchObject([
      { name: 'ANN', to: ['BOSS'], leads: false },
      { name: 'BOSS', to: ['CODER'] },
      { name: 'CODER', to: [] },
    ])
  })

  it('side by side names nobody, because nobody hears the others', () => {
    const all: [string, number][] = [
      ['ann', 1],
      ['boss', 1],
    ]
    expect(play('parallel', [all]).map(({ to }) => to)).toEqual([[], []])
  })
})
