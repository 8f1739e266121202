import { formatPlace } from '@/engine/graph/check-json'
import { suggestion } from '@/engine/graph/nearest'
import type { DraftNode } from '@/engine/plan/draft'
import type { Problem } from '@/engine/plan/plan'

/** Comparing a name with all others is dear: a graph with hundreds of unknown names gets no more suggestions. */
const suggestionLimit = 100

export type Report = {
  problems: Problem[]
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
  let suggestions = 0
  const error = (problem: Omit<Problem, 'severity'>) => void problems.push({ severity: 'error', ...problem })
  return {
    problems,
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
      problems.push({ code, severity: 'warning', ...about, message })
    },
    suggest: (name, candidates) => {
      suggestions += 1
      return suggestions > suggestionLimit ? '' : suggestion(name, candidates())
    },
  }
}

const pathOf = (node: DraftNode, rest: readonly (string | number)[]): string => formatPlace(['nodes', node.at, ...rest])

const partsOf = (field: string): (string | number)[] =>
  field.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part))
