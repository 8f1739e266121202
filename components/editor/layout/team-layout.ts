import { boxPadding, type Point, type Size } from '@/components/editor/graph/geometry'
import type { GraphNode } from '@/engine/graph/schema'

type Member = { id: string; size: Size }
type Arranged = { size: Size; positions: { readonly [id: string]: Point } }

const gap = 24

/** A lead above its members, a sequence from left to right, others stacked, a debate around a table. */
export function arrangeTeam({ config }: GraphNode, members: readonly Member[]): Arranged {
  switch (config.mode) {
    case 'sequence':
      return row(members)
    case 'parallel':
      return column(members)
    case 'debate':
    case 'handoff':
      return members.length < 3 ? row(members) : ring(members)
    default: {
      const lead = members.find(({ id }) => id === config.lead) ?? members[0]
      return lead === undefined
        ? row(members)
        : underLead(
            lead,
            members.filter((member) => member !== lead),
          )
    }
  }
}

function row(members: readonly Member[]): Arranged {
  let x = boxPadding.left
  const positions: { [id: string]: Point } = {}
  for (const { id, size } of members) {
    positions[id] = { x, y: boxPadding.top }
    x += size.width + gap
  }
  return framed(members, positions)
}

function column(members: readonly Member[]): Arranged {
  let y = boxPadding.top
  const positions: { [id: string]: Point } = {}
  for (const { id, size } of members) {
    positions[id] = { x: boxPadding.left, y }
    y += size.height + gap
  }
  return framed(members, positions)
}

function underLead(lead: Member, others: readonly Member[]): Arranged {
  const below = row(others)
  const middle = others.length === 0 ? 0 : (below.size.width - lead.size.width) / 2
  const positions: { [id: string]: Point } = {
    [lead.id]: { x: Math.max(boxPadding.left, Math.round(middle)), y: boxPadding.top },
  }
  for (const [id, { x, y }] of Object.entries(below.positions)) positions[id] = { x, y: y + lead.size.height + gap * 2 }
  return framed([lead, ...others], positions)
}

function ring(members: readonly Member[]): Arranged {
  const widest = Math.max(...members.map(({ size }) => size.width))
  const tallest = Math.max(...members.map(({ size }) => size.height))
  const across = Math.max((members.length * (widest + gap)) / Math.PI / 2, widest * 0.75)
  const down = Math.max(across * 0.6, tallest * 1.1)
  const positions: { [id: string]: Point } = {}
  for (const [index, { id }] of members.entries()) {
    const angle = (index / members.length) * Math.PI * 2 - Math.PI / 2
    positions[id] = {
      x: Math.round(boxPadding.left + across + across * Math.cos(angle)),
      y: Math.round(boxPadding.top + down + down * Math.sin(angle)),
    }
  }
  return framed(members, positions)
}

function framed(members: readonly Member[], positions: { readonly [id: string]: Point }): Arranged {
  const right = members.map(({ id, size }) => (positions[id]?.x ?? 0) + size.width)
  const bottom = members.map(({ id, size }) => (positions[id]?.y ?? 0) + size.height)
  const size = {
    width: Math.max(280, ...right) + boxPadding.right,
    height: Math.max(140, ...bottom) + boxPadding.bottom,
  }
  return { size, positions }
}
