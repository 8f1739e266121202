import Link from 'next/link'
import { GraphThumbnail } from '@/components/graph-thumbnail/graph-thumbnail'
import type { TemplateCard as Card } from '@/server/templates/list-template-cards'
import { agentsWord, categoryWord, costWord, difficultyWords } from './words'

/** A team to choose: how it looks, what it is for. The whole card leads to its preview. */
export function TemplateCard({ template, href }: { template: Card; href: string }) {
  const { name, description, category, difficulty, agents, estimatedCost, sketch, source } = template
  const facts = [
    source === 'workspace' && 'Yours',
    categoryWord(category),
    difficultyWords[difficulty],
    agentsWord(agents),
    costWord(estimatedCost),
  ]
  return (
    <li className="bg-surface border-line hover:border-line-strong rounded-card relative flex flex-col overflow-hidden border transition-colors has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent">
      <GraphThumbnail sketch={sketch} className="border-line border-b" />
      <div className="flex flex-1 flex-col gap-1.5 p-4">
        <h3 className="font-semibold">
          <Link href={href} className="outline-none after:absolute after:inset-0">
            {name}
          </Link>
        </h3>
        <p className="text-ink-soft line-clamp-3 text-sm">{description}</p>
        <p className="text-ink-faint mt-auto pt-1.5 text-xs">{facts.filter(Boolean).join(' · ')}</p>
      </div>
    </li>
  )
}

export const previewHref = (id: string, into: string | null = null): string =>
  `/gallery/${encodeURIComponent(id)}${into === null ? '' : `?into=${encodeURIComponent(into)}`}`
