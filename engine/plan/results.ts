import { type DraftNode, type DraftScope, isOutput, label } from '@/engine/plan/draft'
import type { Report } from '@/engine/plan/report'

/** The node that gives a box its result: its inner output, else its only childless child. Teams make their own. */
export function resultOf(scope: DraftScope, report: Report): DraftNode | null {
  const { box } = scope
  if (box === null || box.spec.box?.members !== undefined || scope.nodes.length === 0) return null
  const outputs = scope.nodes.filter(isOutput)
  const candidates = outputs.length > 0 ? outputs : scope.nodes.filter((node) => node.outgoing.length === 0)
  const [only, second] = candidates
  if (second === undefined) return only ?? null
  const names = candidates.slice(0, 8).map(label).join(', ')
  const message =
    outputs.length > 0
      ? `${label(box)} has several output nodes inside: ${names}; keep one.`
      : `${label(box)} has several nodes that could be its result: ${names}; put an output node inside, or connect them to one last node.`
  report.node(box, 'ambiguous_result', { message })
  return null
}

/** What is allowed but probably not meant. */
export function warnAbout(scope: DraftScope, report: Report): void {
  if (scope.box === null && !scope.nodes.some(isOutput)) {
    const message = 'The graph has no output node, so its result is null; add an output node behind the last step.'
    report.warn('no_output', { message })
  }
  const connected = scope.nodes.some((node) => node.outgoing.length > 0)
  const isTeam = scope.box?.spec.box?.members !== undefined
  for (const node of scope.nodes) {
    if (connected && !isTeam && node.incoming.length === 0 && node.outgoing.length === 0) {
      const message = `${label(node)} is not connected, so it starts at once, beside everything else; connect it or remove it.`
      report.warn('unconnected', { node, message })
    }
    if (node.node.onError !== 'branch' || node.outgoing.some(({ port }) => port === 'error')) continue
    const message = `${label(node)} branches on errors, but nothing is connected to its port \`error\`: a failure would go unseen; connect it.`
    report.warn('error_not_connected', { node, message })
  }
}
