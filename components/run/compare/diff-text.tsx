import type { Piece } from './text-diff'

/** What came is underlaid, what went is struck out. */
export function DiffText({ pieces }: { pieces: readonly Piece[] }) {
  return pieces.map(({ type, text }, index) => {
    const key = `${index} ${type}`
    if (type === 'added')
      return (
        <ins key={key} className="diff-added">
          {text}
        </ins>
      )
    return type === 'removed' ? (
      <del key={key} className="diff-removed">
        {text}
      </del>
    ) : (
      <span key={key}>{text}</span>
    )
  })
}
