import { describe, expect, it } from 'vitest'
import { findKinds, kindGroups } from './kind-groups'

const found = (query: string) => findKinds(query).flatMap(({ kinds }) => kinds.map(({ kind }) => kind))

describe('the palette', () => {
  it.each([
    ['LLM', 'agent'],
    ['prompt', 'agent'],
    ['api', 'http'],
    ['human', 'approval'],
    ['if', 'condition'],
    ['switch', 'router'],
    ['delay', 'wait'],
    ['for each', 'map'],
    ['crew', 'team'],
    ['script', 'code'],
    ['sticky', 'note'],
  ])('finds by %s what is called %s here', (query, kind) => {
    expect(found(query)).toContain(kind)
  })

  it('shows every kind when nothing is looked for, and none for what nobody calls anything', () => {
    expect(found(' ')).toEqual(kindGroups.flatMap(({ kinds }) => kinds.map(({ kind }) => kind)))
    expect(found('xylophone')).toEqual([])
  })
})
