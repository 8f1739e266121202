import { CircleAlert, TriangleAlert } from 'lucide-react'
import type { FoundProblem } from '@/components/api/problem'
import { cx } from '@/components/ui/cx'

/** Everything that is wrong, each with where it is and how to mend it. */
export function ProblemList({ problems }: { problems: readonly FoundProblem[] }) {
  return (
    <ul className="grid gap-2">
      {problems.map((problem) => (
        <ProblemItem
          key={`${problem.nodeId}.${problem.field}.${problem.path}.${problem.code}.${problem.message}`}
          problem={problem}
        />
      ))}
    </ul>
  )
}

function ProblemItem({ problem }: { problem: FoundProblem }) {
  const { nodeId, field, path, message, severity } = problem
  const isWarning = severity === 'warning'
  const Icon = isWarning ? TriangleAlert : CircleAlert
  const place = nodeId === undefined ? path : [nodeId, field].filter(Boolean).join(' · ')
  return (
    <li className="flex items-start gap-2 text-sm">
      <Icon
        size={16}
        className={cx('mt-0.5 shrink-0', isWarning ? 'text-waiting' : 'text-failed')}
        aria-label={isWarning ? 'Warning' : 'Problem'}
      />
      <p className="min-w-0 break-words">
        {place && <code className="bg-sunken mr-1.5 rounded px-1 py-0.5 font-mono text-xs">{place}</code>}
        {message}
      </p>
    </li>
  )
}
