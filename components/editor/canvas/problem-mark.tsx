import { CircleAlert, TriangleAlert } from 'lucide-react'
import { cx } from '@/components/ui/cx'
import { plural } from '@/components/ui/format'

export function ProblemMark({ errors, warnings }: { errors: number; warnings: number }) {
  if (errors + warnings === 0) return null
  const isError = errors > 0
  const Icon = isError ? CircleAlert : TriangleAlert
  return (
    <span
      title={isError ? plural(errors, 'problem') : plural(warnings, 'warning')}
      className={cx(
        'inline-flex h-5 shrink-0 items-center gap-0.5 rounded-full px-1.5 text-xs font-semibold',
        isError ? 'bg-failed-tint text-failed' : 'bg-waiting-tint text-waiting',
      )}
    >
      <Icon size={12} aria-hidden />
      {isError ? errors : warnings}
    </span>
  )
}
