import { cx } from '@/components/ui/cx'
import type { TemplateCard } from '@/server/templates/list-template-cards'
import { categoriesOf, isYours, yours } from './find-templates'
import { categoryWord } from './words'

type Props = {
  all: readonly TemplateCard[]
  /** What is there with every filter but the category. */
  found: readonly TemplateCard[]
  chosen: string | null
  onChoose: (category: string | null) => void
}

/** At the left; on a phone a row that can be pushed sideways. */
export function CategoryList({ all, found, chosen, onChoose }: Props) {
  const counts = new Map(categoriesOf(found).map(({ category, count }) => [category, count]))
  return (
    <nav aria-label="Categories" className="-mx-4 overflow-x-auto px-4 md:sticky md:top-7 md:mx-0 md:px-0">
      <ul className="flex gap-1 pb-1 md:grid md:pb-0">
        <Category title="All" count={found.length} isChosen={chosen === null} onChoose={() => onChoose(null)} />
        {(all.some(isYours) || chosen === yours) && (
          <Category
            title="Yours"
            count={found.filter(isYours).length}
            isChosen={chosen === yours}
            onChoose={() => onChoose(yours)}
          />
        )}
        {categoriesOf(all).map(({ category }) => (
          <Category
            key={category}
            title={categoryWord(category)}
            count={counts.get(category) ?? 0}
            isChosen={chosen === category}
            onChoose={() => onChoose(category)}
          />
        ))}
      </ul>
    </nav>
  )
}

type CategoryProps = { title: string; count: number; isChosen: boolean; onChoose: () => void }

const Category = ({ title, count, isChosen, onChoose }: CategoryProps) => (
  <li>
    <button
      type="button"
      aria-pressed={isChosen}
      onClick={onChoose}
      className={cx(
        'flex h-9 w-full items-center justify-between gap-3 rounded-control px-3 text-sm whitespace-nowrap transition-colors focus-visible:-outline-offset-2',
        isChosen ? 'bg-accent-tint text-accent font-medium' : 'text-ink-soft hover:bg-hover hover:text-ink',
      )}
    >
      {title}
      <span className={cx('text-xs', !isChosen && 'text-ink-faint')}>{count}</span>
    </button>
  </li>
)
