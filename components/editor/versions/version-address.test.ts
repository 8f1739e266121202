import { expect, it } from 'vitest'
import { type Looking, readLooking, writeLooking } from '@/components/editor/versions/version-address'
import { inOrder } from '@/components/editor/versions/version-words'

it('finds in the address what was written into it, beside what else stands there', () => {
  const all: Looking[] = [
    { version: null, against: 'nothing' },
    { version: 2, against: 'nothing' },
    { version: 2, against: 'draft' },
    { version: 12, against: 3 },
  ]
  const url = new URL('http://baton/workflows/w?tab=versions')
  for (const looking of all) {
    writeLooking(url, looking)
    expect(readLooking(url.search)).toEqual(looking)
    expect(url.searchParams.get('tab')).toBe('versions')
  }
})

it('takes no number for one that is none', () => {
  for (const version of ['0', '-1', '1.5', 'x', '1e3', '9999999999'])
    expect(readLooking(`?version=${version}&against=${version}`)).toEqual({ version: null, against: 'nothing' })
})

it('compares from the older one to the newer one', () => {
  expect(inOrder(3, 'draft')).toEqual([3, 'draft'])
  expect(inOrder(3, 5)).toEqual([3, 5])
  expect(inOrder(5, 3)).toEqual([3, 5])
})
