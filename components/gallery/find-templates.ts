import type { TemplateCard } from '@/server/templates/list-template-cards'
import type { Difficulty } from './words'

type Findable = Pick<TemplateCard, 'name' | 'description' | 'category' | 'tags' | 'difficulty' | 'source'>

/** The shelf of what this workspace made; it stands before the others. */
export const yours = 'yours'
export const isYours = ({ source }: Pick<TemplateCard, 'source'>): boolean => source === 'workspace'

export type Wish = { words: string; category: string | null; difficulty: Difficulty | null }

/** Every word has to be somewhere; what has them in its name comes first. */
export function findTemplates<T extends Findable>(all: readonly T[], { words, category, difficulty }: Wish): T[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean)
  const found = all.filter(
    (template) =>
      (category === null || (category === yours ? isYours(template) : template.category === category)) &&
      (difficulty === null || template.difficulty === difficulty) &&
      wanted.every((word) => textOf(template).includes(word)),
  )
  const isNamed = ({ name }: T) => wanted.length > 0 && wanted.every((word) => name.toLowerCase().includes(word))
  return [...found.filter(isNamed), ...found.filter((template) => !isNamed(template))]
}

const textOf = ({ name, description, category, tags }: Findable): string =>
  [name, description, category, ...tags].join(' ').toLowerCase()

/** With how many templates each has, in the order of the alphabet. */
export function categoriesOf(all: readonly Findable[]): { category: string; count: number }[] {
  const counts = new Map<string, number>()
  for (const { category } of all) counts.set(category, (counts.get(category) ?? 0) + 1)
  return [...counts]
    .map(([category, count]) => ({ category, count }))
    .sort((a, b) => a.category.localeCompare(b.category, 'en'))
}
