import { formatPlace } from '@/engine/graph/check-json'
import { suggestion } from '@/engine/graph/nearest'
import type { DraftNode } from '@/engine/plan/draft'
import type { Problem } from '@/engine/plan/plan'

/** Comparing a name with all others is dear: a graph with hundreds of unknown names gets no more suggestions. */
const suggestionLimit = 100

/** Nobody reads more, and a graph of the largest size can have 100,000. */
export const mostProblems = 1_000

export type Report = {
  /** Keeps the first thousand; the others are only counted. */
  add: (problem: Problem) => void
  hasErrors: () => boolean
  /** All that was kept, and how many more there are. */
  close: () => readonly Problem[]
  graph: (code: string, message: string) => void
  /** About the node itself or one of its options (`parent`, `onError`). */
  node: (node: DraftNode, code: string, about: { field?: string; message: string }) => void
  config: (node: DraftNode, code: string, about: { field: string; message: string }) => void
  edge: (index: number, code: string, about: { nodeId: string; message: string }) => void
  warn: (code: string, about: { node?: DraftNode; message: string }) => void
  suggest: (name: string, candidates: () => readonly string[]) => string
}

export function newReport(): Report {
  const problems: Problem[] = []
  const left = { error: 0, warning: 0 }
  let suggestions = 0
  let errors = 0
  const add = (problem: Problem) => {
    if (problem.severity === 'error') errors += 1
    if (problems.length < mostProblems) problems.push(problem)
    else left[problem.severity] += 1
  }
  const error = (problem: Omit<Problem, 'severity'>) => add({ severity: 'error', ...problem })
  return {
    add,
    hasErrors: () => errors > 0,
    close: () => [...problems, ...moreProblems(left)],
    graph: (code, message) => error({ code, message }),
    node: (node, code, { field, message }) => {
      const named = field === undefined ? {} : { field }
      error({ code, nodeId: node.node.id, ...named, path: pathOf(node, field === undefined ? [] : [field]), message })
    },
    config: (node, code, { field, message }) =>
      error({ code, nodeId: node.node.id, field, path: pathOf(node, ['config', ...partsOf(field)]), message }),
    edge: (index, code, { nodeId, message }) => error({ code, nodeId, path: `edges[${index}]`, message }),
    warn: (code, { node, message }) => {
      const about = node === undefined ? {} : { nodeId: node.node.id, path: pathOf(node, []) }
      add({ code, severity: 'warning', ...about, message })
    },
    suggest: (name, candidates) => {
      suggestions += 1
      return suggestions > suggestionLimit ? '' : suggestion(name, candidates())
    },
  }
}

function moreProblems({ error, warning }: { error: number; warning: number }): Problem[] {
  const count = error + warning
  if (count === 0) return []
  const message = `There ${count === 1 ? 'is one more problem' : `are ${count} more problems`}; mend these first.`
  return [{ code: 'more_problems', severity: error > 0 ? 'error' : 'warning', message }]
}

const pathOf = (node: DraftNode, rest: readonly (string | number)[]): string => formatPlace(['nodes', node.at, ...rest])

const partsOf = (field: string): (string | number)[] =>
  field.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part))
