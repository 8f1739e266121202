'use client'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useTRPC } from '@/components/api/trpc'
import { Notice } from '@/components/ui/notice'

/** Said once, where work begins, as long as no model is connected. Who may not see connections is not bothered. */
export function SimulatedNote() {
  const trpc = useTRPC()
  const { data } = useQuery(trpc.connections.list.queryOptions({}, { retry: false }))
  if (data === undefined || data.items.length > 0) return null
  return (
    <Notice>
      No model is connected, so the words of every run are simulated and marked as such.{' '}
      <Link href="/connections?connect" className="text-accent hover:text-accent-hover rounded-control underline">
        Connect Ollama, OpenAI or any compatible endpoint
      </Link>{' '}
      to get real ones; it can be tried out there.
    </Notice>
  )
}
