import { cx } from '@/components/ui/cx'
import { type Difficulty, difficulties, difficultyWords } from './words'

type Props = { chosen: Difficulty | null; onChoose: (difficulty: Difficulty | null) => void }

/** Pressing the chosen one again lets go of it. */
export function DifficultyChips({ chosen, onChoose }: Props) {
  return (
    <fieldset className="flex flex-wrap gap-1.5">
      <legend className="sr-only">Difficulty</legend>
      {difficulties.map((difficulty) => (
        <button
          key={difficulty}
          type="button"
          aria-pressed={chosen === difficulty}
          onClick={() => onChoose(chosen === difficulty ? null : difficulty)}
          className={cx(
            'h-8 rounded-full border px-3 text-sm transition-colors',
            chosen === difficulty
              ? 'bg-accent-tint text-accent border-accent font-medium'
              : 'bg-surface text-ink-soft border-line-strong hover:text-ink hover:bg-hover',
          )}
        >
          {difficultyWords[difficulty]}
        </button>
      ))}
    </fieldset>
  )
}
