import { type MarkdownTable, tableAt } from './markdown-table'

/** The little Markdown that models write, as data. What isn't recognised stays text: nothing here ever becomes HTML. */
export type Block =
  | { type: 'heading'; level: number; text: string }
  | { type: 'paragraph'; text: string }
  | { type: 'list'; ordered: boolean; items: readonly string[] }
  | { type: 'quote'; text: string }
  | { type: 'code'; text: string }
  | { type: 'rule' }
  | MarkdownTable

const fence = /^\s{0,3}(```|~~~)/
const heading = /^(#{1,6})\s+(.*?)\s*#*\s*$/
const bullet = /^\s{0,6}[-*+]\s+(.*)$/
const number = /^\s{0,6}\d{1,9}[.)]\s+(.*)$/
const quote = /^\s{0,3}>\s?(.*)$/
const rule = /^\s{0,3}([-*_])(\s*\1){2,}\s*$/

export function readBlocks(text: string): Block[] {
  const lines = text.replaceAll('\r\n', '\n').split('\n')
  const blocks: Block[] = []
  let at = 0
  while (at < lines.length) {
    const line = lines[at] ?? ''
    const opening = fence.exec(line)?.[1]
    if (opening !== undefined) {
      const end = lines.findIndex((each, index) => index > at && each.trim().startsWith(opening))
      const last = end === -1 ? lines.length : end
      blocks.push({ type: 'code', text: lines.slice(at + 1, last).join('\n') })
      at = last + 1
      continue
    }
    const table = tableAt(lines, at)
    if (table) {
      blocks.push(table.block)
      at = table.end
      continue
    }
    let end = at + 1
    while (end < lines.length && continues(line, lines[end] ?? '') && !tableAt(lines, end)) end++
    const block = blockOf(lines.slice(at, end))
    if (block) blocks.push(block)
    at = end
  }
  return blocks
}

const kindOf = (line: string): 'blank' | 'heading' | 'rule' | 'bullet' | 'number' | 'quote' | 'fence' | 'text' => {
  if (line.trim() === '') return 'blank'
  if (fence.test(line)) return 'fence'
  if (heading.test(line)) return 'heading'
  if (rule.test(line)) return 'rule'
  if (bullet.test(line)) return 'bullet'
  if (number.test(line)) return 'number'
  return quote.test(line) ? 'quote' : 'text'
}

/** Does the next line belong to the block that `line` begins? */
function continues(line: string, next: string): boolean {
  const kind = kindOf(line)
  const nextKind = kindOf(next)
  if (kind === 'bullet' || kind === 'number') return nextKind === kind || (nextKind === 'text' && /^\s{2,}/.test(next))
  return (kind === 'text' || kind === 'quote') && nextKind === kind
}

function blockOf(lines: readonly string[]): Block | null {
  const first = lines[0] ?? ''
  switch (kindOf(first)) {
    case 'blank':
      return null
    case 'heading': {
      const match = heading.exec(first)
      return { type: 'heading', level: match?.[1]?.length ?? 1, text: match?.[2] ?? '' }
    }
    case 'rule':
      return { type: 'rule' }
    case 'bullet':
      return { type: 'list', ordered: false, items: itemsOf(lines, bullet) }
    case 'number':
      return { type: 'list', ordered: true, items: itemsOf(lines, number) }
    case 'quote':
      return { type: 'quote', text: lines.map((line) => quote.exec(line)?.[1] ?? line).join('\n') }
    default:
      return { type: 'paragraph', text: lines.join('\n') }
  }
}

function itemsOf(lines: readonly string[], start: RegExp): string[] {
  const items: string[] = []
  for (const line of lines) {
    const text = start.exec(line)?.[1]
    if (text !== undefined) items.push(text)
    else items.push(`${items.pop() ?? ''} ${line.trim()}`)
  }
  return items
}

export type Span =
  | { type: 'text' | 'code' | 'strong' | 'em'; text: string }
  | { type: 'link'; text: string; href: string }

const spans =
  /`([^`\n]+)`|\*\*([^*\n]+)\*\*|(?<![\w*])[*_]([^*_\n]+)[*_](?![\w*])|\[([^\]\n]{1,300})\]\((https?:\/\/[^\s()<>]{1,2000})\)/g

/** Only http and https become links; anything else that looks like one stays as it was written. */
export function readSpans(text: string): Span[] {
  const found: Span[] = []
  let at = 0
  for (const match of text.matchAll(spans)) {
    if (match.index > at) found.push({ type: 'text', text: text.slice(at, match.index) })
    const [all, code, strong, em, label, href] = match
    if (code !== undefined) found.push({ type: 'code', text: code })
    else if (strong !== undefined) found.push({ type: 'strong', text: strong })
    else if (em !== undefined) found.push({ type: 'em', text: em })
    else if (label !== undefined && href !== undefined) found.push({ type: 'link', text: label, href })
    at = match.index + all.length
  }
  if (at < text.length) found.push({ type: 'text', text: text.slice(at) })
  return found
}
