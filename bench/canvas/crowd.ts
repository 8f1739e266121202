import type { BenchGraph } from '@/bench/baton/graphs'

export const crowdNodes = 500
export const crowdEdges = 600

/** What a card of the builder measures; the bare page draws its nodes as large. */
export const card = { width: 240, height: 84 } as const
const groups = 25
const inGroup = crowdNodes / groups
/** All but the first of each group. */
export const crowdAgents = crowdNodes - groups
const edgesOfGroup = crowdEdges / groups

/**
 * 25 groups in five rows of five. In each a first node leads to the other nineteen and to five of the next group, so
 * that in a run all agents are at work at the same time.
 */
export function crowd(): BenchGraph {
  const nodes = Array.from({ length: crowdNodes }, (_, index) => {
    const group = Math.floor(index / inGroup)
    const place = index % inGroup
    const position = {
      x: ((group % 5) * 5.4 + Math.ceil(place / 5)) * 320,
      y: (Math.floor(group / 5) * 5.6 + (place === 0 ? 2 : (place - 1) % 5)) * 124,
    }
    return place === 0
      ? { id: idOf(group, 0), kind: 'transform', name: `Topic ${group}`, config: { template: 'tea' }, position }
      : { id: idOf(group, place), kind: 'agent', name: `Agent ${group}.${place}`, config: agent(group), position }
  })
  const edges = Array.from({ length: crowdEdges }, (_, index) => {
    const group = Math.floor(index / edgesOfGroup)
    const place = index % edgesOfGroup
    const target = place < inGroup - 1 ? idOf(group, place + 1) : idOf((group + 1) % groups, place - inGroup + 2)
    return { source: idOf(group, 0), target }
  })
  return { baton: 1, name: 'A crowd', nodes, edges }
}

const idOf = (group: number, place: number): string => `g${group}_${place}`

const agent = (group: number) => ({
  instructions: 'You look things up and say what you have found.',
  prompt: `Look up what is known about {{ ${idOf(group, 0)} }}.`,
  tools: ['calculator'],
  maxSteps: 100,
})
