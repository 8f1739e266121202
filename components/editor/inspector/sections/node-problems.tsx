'use client'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import type { Problem } from '@/engine/plan/plan'
import { ProblemWords } from '../fields/field-frame'
import type { FieldModel } from '../form/field-model'
import { useInspector } from '../inspector-scope'
import { problemsOfNode } from '../problems-at'

/** What is wrong with the node and belongs to none of the fields below. */
export function NodeProblems({ fields }: { fields: readonly FieldModel[] }) {
  const { problems, onConfigure } = useInspector()
  const found = problemsOfNode(problems, fields)
  if (found.length === 0) return null
  const unknown = (problem: Problem) =>
    problem.code === 'unknown_key' && problem.field !== undefined && !problem.field.includes('.')
  const isError = found.some(({ severity }) => severity === 'error')
  return (
    <Notice tone={isError ? 'failed' : 'waiting'}>
      <ul className="grid grid-cols-1 gap-1.5">
        {found.map((problem) => (
          <li key={`${problem.code} ${problem.field} ${problem.message}`}>
            <ProblemWords message={problem.message} />
            {unknown(problem) && (
              <Button tone="quiet" size="small" onClick={() => onConfigure([problem.field ?? ''], undefined)}>
                Remove it
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Notice>
  )
}
