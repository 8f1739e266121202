export type Align = 'left' | 'center' | 'right'
export type MarkdownTable = {
  type: 'table'
  align: readonly Align[]
  head: readonly string[]
  rows: readonly (readonly string[])[]
}

const bar = /^:?-+:?$/

/** A table begins with its head and the line of dashes below it; it goes on as long as there are cells. */
export function tableAt(lines: readonly string[], at: number): { block: MarkdownTable; end: number } | null {
  const bars = lines[at + 1] ?? ''
  if (!bars.includes('|') || !bars.includes('-') || !lines[at]?.includes('|')) return null
  const align = cellsOf(bars)
  const head = cellsOf(lines[at] ?? '')
  if (head.length !== align.length || !align.every((cell) => bar.test(cell))) return null
  const rows: string[][] = []
  let end = at + 2
  for (; lines[end]?.includes('|'); end++) rows.push(cellsOf(lines[end] ?? '').slice(0, head.length))
  return { block: { type: 'table', align: align.map(alignOf), head, rows }, end }
}

function cellsOf(line: string): string[] {
  const inner = line
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '')
  return inner.split(/(?<!\\)\|/).map((cell) => cell.replaceAll('\\|', '|').trim())
}

function alignOf(cell: string): Align {
  if (!cell.endsWith(':')) return 'left'
  return cell.startsWith(':') ? 'center' : 'right'
}
