import { describe, expect, test } from 'vitest'
import { categoriesOf, findTemplates, type Wish, yours } from './find-templates'

const all = [
  { name: 'Fact check', description: 'Checks what a text claims.', category: 'research', tags: ['map'] },
  { name: 'Deep research', description: 'Plans, reads, checks.', category: 'research', tags: ['critic'] },
  { name: 'Support desk', description: 'Sorts and answers.', category: 'support', tags: ['router', 'Approval'] },
].map((one, index) => ({
  ...one,
  difficulty: index === 1 ? ('advanced' as const) : ('easy' as const),
  source: index === 2 ? ('workspace' as const) : ('gallery' as const),
}))
const everything: Wish = { words: '', category: null, difficulty: null }
const names = (wish: Partial<Wish>) => findTemplates(all, { ...everything, ...wish }).map(({ name }) => name)

describe('looking for a template', () => {
  test('shows all of them, as they are ordered, as long as nothing is asked for', () => {
    expect(names({})).toEqual(all.map(({ name }) => name))
    expect(names({ words: '   ' })).toEqual(all.map(({ name }) => name))
  })

  test('has a shelf for what this workspace made', () => {
    expect(names({ category: yours })).toEqual(['Support desk'])
  })

  test('looks for every word in name, description, category and tags, whatever its case', () => {
    expect(names({ words: 'APPROVAL' })).toEqual(['Support desk'])
    expect(names({ words: 'research critic' })).toEqual(['Deep research'])
    expect(names({ words: 'research router' })).toEqual([])
  })

  test('puts what is called like that before what only speaks of it', () => {
    expect(names({ words: 'research' })).toEqual(['Deep research', 'Fact check'])
  })

  test('narrows by category and difficulty together', () => {
    expect(names({ category: 'research' })).toEqual(['Fact check', 'Deep research'])
    expect(names({ category: 'research', difficulty: 'easy' })).toEqual(['Fact check'])
    expect(names({ category: 'support', difficulty: 'advanced' })).toEqual([])
  })

  test('counts what each category holds', () => {
    expect(categoriesOf(all)).toEqual([
      { category: 'research', count: 2 },
      { category: 'support', count: 1 },
    ])
  })
})
