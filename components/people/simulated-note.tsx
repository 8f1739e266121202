'use client'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useTRPC } from '@/components/api/trpc'
import { Notice } from '@/components/ui/notice'

/** A page that shows the note below waits until this is known: it would be pushed down otherwise. */
export function useKnownConnections() {
  const trpc = useTRPC()
  return useQuery(trpc.connections.list.queryOptions({}, { retry: false }))
}

/** Said once, where work begins, as long as no model is connected. Who may not see connections is not bothered. */
export function SimulatedNote() {
  const { data } = useKnownConnections()
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
