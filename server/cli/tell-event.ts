import { stripVTControlCharacters } from 'node:util'

/** An event as REST tells it, as far as a terminal shows it. */
export type ShownEvent = {
  type: string
  path?: string
  step?: string
  kind?: string
  tool?: string
  text?: string
  reason?: string
  retryAt?: string
  failure?: { code: string; message: string }
  output?: { preview: string }
  waiting?: { reason: string; title?: string; tool?: string; until?: string }
}

/** One line for what a person wants to see, nothing for the rest. What models wrote must not steer the terminal. */
export function tell(event: ShownEvent, print: (line: string) => void): void {
  const line = lineOf(event)
  if (line !== null) print(oneLine(line))
}

function lineOf({ type, path = '', failure, output, waiting, text, tool, retryAt, reason }: ShownEvent): string | null {
  switch (type) {
    case 'node.started':
      return `  ▶ ${path}`
    case 'node.completed':
      return `  ✓ ${path}  ${output?.preview ?? ''}`
    case 'node.failed':
      return `  ✗ ${path}  ${failure?.message ?? ''} (${failure?.code ?? ''})`
    case 'node.retrying':
      return `  ↻ ${path}  ${failure?.message ?? ''}; again at ${retryAt ?? ''}`
    case 'node.skipped':
      return `  – ${path}  skipped`
    case 'node.waiting':
      return `  ⏸ ${path}  ${waitingText(waiting)}`
    case 'step.completed':
      return tool === undefined ? null : `    ${path}  used ${tool}`
    case 'run.paused':
      return `paused: ${reason ?? ''}`
    case 'note':
      return `    ${path}  ${text ?? ''}`
    default:
      return null
  }
}

function waitingText(waiting: ShownEvent['waiting']): string {
  if (waiting?.reason === 'approval') return `waits for a person: ${waiting.title ?? ''}`
  if (waiting?.reason === 'tool_approval') return `waits for a person to allow ${waiting.tool ?? 'a tool'}`
  if (waiting?.reason === 'doubt') return 'waits for a person: it was cut off. Should it be done again?'
  return waiting?.reason === 'timer' ? `waits until ${waiting.until ?? ''}` : `waits (${waiting?.reason ?? ''})`
}

const asking = ['approval', 'tool_approval', 'doubt']

/** Where a run goes on that stands still until somebody does something. */
export function tellPlace({ type, path = '', waiting }: ShownEvent, page: string, print: (line: string) => void): void {
  if (type === 'run.paused') {
    print(`    Resume it: ${page}`)
    print('    Ctrl-C leaves it paused.')
  }
  if (type !== 'node.waiting' || !asking.includes(waiting?.reason ?? '')) return
  print(`    Decide on ${path}: ${page}`)
  print('    Ctrl-C leaves it waiting; it goes on when somebody decides.')
}

const widest = 160

function oneLine(text: string): string {
  const plain = stripVTControlCharacters(text).replaceAll(/\p{Cc}+/gu, ' ')
  return plain.length > widest ? `${plain.slice(0, widest - 1)}…` : plain
}
