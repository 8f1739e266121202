import { cx } from './cx'
import { type Block, readBlocks, readSpans, type Span } from './markdown-blocks'
import type { MarkdownTable } from './markdown-table'

/** Text of a model, a person or a web page, made readable. Built of elements, never of HTML. */
export function Markdown({ text, className }: { text: string; className?: string }) {
  return (
    <div className={cx('grid gap-3 break-words', className)}>
      {keyed(readBlocks(text)).map(({ key, item }) => (
        <BlockView key={key} block={item} />
      ))}
    </div>
  )
}

const keyed = <T,>(items: readonly T[]): { key: string; item: T }[] =>
  items.map((item, index) => ({ key: `${index}`, item }))

function BlockView({ block }: { block: Block }) {
  switch (block.type) {
    case 'heading': {
      const Tag = block.level <= 2 ? 'h3' : 'h4'
      return (
        <Tag className={cx('font-semibold', block.level <= 2 && 'text-lg')}>
          <Spans text={block.text} />
        </Tag>
      )
    }
    case 'paragraph':
      return (
        <p className="whitespace-pre-wrap">
          <Spans text={block.text} />
        </p>
      )
    case 'list': {
      const Tag = block.ordered ? 'ol' : 'ul'
      return (
        <Tag className={cx('marker:text-ink-faint grid gap-1 pl-5', block.ordered ? 'list-decimal' : 'list-disc')}>
          {keyed(block.items).map(({ key, item }) => (
            <li key={key}>
              <Spans text={item} />
            </li>
          ))}
        </Tag>
      )
    }
    case 'quote':
      return (
        <blockquote className="border-line-strong text-ink-soft border-l-2 pl-3 whitespace-pre-wrap">
          <Spans text={block.text} />
        </blockquote>
      )
    case 'code':
      return <CodeBlock text={block.text} />
    case 'rule':
      return <hr />
    case 'table':
      return <TableView table={block} />
  }
}

const aligned = { left: 'text-left', center: 'text-center', right: 'text-right tabular-nums' } as const

function TableView({ table: { align, head, rows } }: { table: MarkdownTable }) {
  const look = (column: number) => cx('px-3 py-1.5 align-top', aligned[align[column] ?? 'left'])
  return (
    <div
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by key
      tabIndex={0}
      className="border-line rounded-control overflow-x-auto border"
    >
      <table className="w-full [overflow-wrap:normal]">
        <thead className="bg-sunken">
          <tr>
            {keyed(head).map(({ key, item }) => (
              <th key={key} scope="col" className={cx('font-semibold', look(Number(key)))}>
                <Spans text={item} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {keyed(rows).map(({ key, item }) => (
            <tr key={key} className="border-line border-t">
              {keyed(item).map((cell) => (
                <td key={cell.key} className={look(Number(cell.key))}>
                  <Spans text={cell.item} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

export function CodeBlock({ text, className }: { text: string; className?: string }) {
  return (
    <pre
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by key
      tabIndex={0}
      className={cx('bg-sunken border-line rounded-control overflow-auto border p-3 font-mono text-sm', className)}
    >
      {text}
    </pre>
  )
}

const Spans = ({ text }: { text: string }) =>
  keyed(readSpans(text)).map(({ key, item }) => <SpanView key={key} span={item} />)

function SpanView({ span }: { span: Span }) {
  switch (span.type) {
    case 'text':
      return span.text
    case 'code':
      return <code className="bg-sunken rounded px-1 py-0.5 font-mono text-[0.9em]">{span.text}</code>
    case 'strong':
      return <strong className="font-semibold">{span.text}</strong>
    case 'em':
      return <em>{span.text}</em>
    case 'link':
      return (
        <a href={span.href} target="_blank" rel="noopener noreferrer nofollow" className="text-accent underline">
          {span.text}
        </a>
      )
  }
}
