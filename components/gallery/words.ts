import { formatCost } from '@/components/ui/format'
import type { TemplateCard } from '@/server/templates/list-template-cards'

export type Difficulty = TemplateCard['difficulty']

export const difficulties: readonly Difficulty[] = ['easy', 'medium', 'advanced']

export const difficultyWords: Record<Difficulty, string> = { easy: 'Easy', medium: 'Medium', advanced: 'Advanced' }

/** Categories are words of whoever wrote the file. */
export const categoryWord = (category: string): string => category.charAt(0).toUpperCase() + category.slice(1)

export const agentsWord = (count: number): string => `${count} ${count === 1 ? 'agent' : 'agents'}`

/** An estimate, so in whole cents where it has any. */
export const costWord = (cost: number | null): string | null =>
  cost === null ? null : `about ${cost < 0.01 ? formatCost(cost) : `$${cost.toFixed(2)}`} a run`
