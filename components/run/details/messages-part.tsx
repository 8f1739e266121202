'use client'
import { Wrench } from 'lucide-react'
import type { ReactNode } from 'react'
import { readableStart } from '@/components/run/value-text'
import type { Line } from '@/components/run/values/conversation'
import { useConversation } from '@/components/run/values/use-node-values'
import { CodeBlock, Markdown } from '@/components/ui/markdown'

const titles = { system: 'Instructions', user: 'Prompt', assistant: 'Model', tool: 'Tool' } as const

/** The messages between Baton, the model and its tools. */
export function MessagesPart({ path }: { path: string }) {
  const { lines, problem } = useConversation(path)
  return (
    <ol className="grid gap-3">
      {problem !== null && <li className="text-failed">{problem}</li>}
      {lines.length === 0 && <li className="text-ink-faint">Nothing has been said at this moment.</li>}
      {lines.map((line, index) => (
        <Message key={'step' in line ? line.step : `${line.role}${index}`} line={line} />
      ))}
    </ol>
  )
}

function Message({ line }: { line: Line }) {
  if ('missing' in line) {
    return (
      <Frame title={titles[line.role]} about={line.step}>
        <p className="text-ink-faint">Loading</p>
      </Frame>
    )
  }
  switch (line.role) {
    case 'system':
    case 'user':
      return (
        <Frame title={titles[line.role]}>
          <p className="whitespace-pre-wrap break-words">{line.text}</p>
        </Frame>
      )
    case 'tool':
      return (
        <Frame title={line.failed ? 'Tool failed' : `Tool: ${line.name}`} about={line.step}>
          <CodeBlock text={line.text} className="max-h-56" />
        </Frame>
      )
    case 'assistant':
      return (
        <Frame title="Model" about={line.step}>
          {line.text !== '' && <Markdown text={readableStart(line.text)} />}
          {line.calls.map((call, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: calls of one answer never change
            <div key={index} className="grid gap-1">
              <p className="text-data flex items-center gap-1.5 font-medium">
                <Wrench size={14} aria-hidden />
                {call.name}
              </p>
              <CodeBlock text={call.arguments} className="max-h-40" />
            </div>
          ))}
        </Frame>
      )
  }
}

function Frame({ title, about, children }: { title: string; about?: string; children: ReactNode }) {
  return (
    <li className="grid min-w-0 gap-1.5">
      <p className="text-ink-faint text-xs font-medium">
        {title}
        {about !== undefined && <span className="font-mono font-normal"> · {about}</span>}
      </p>
      {children}
    </li>
  )
}
