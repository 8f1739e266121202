'use client'
import { useMemo } from 'react'
import { useTRPCClient } from '@/components/api/trpc'
import { useRunSource } from '@/components/run/run-place'
import type { Json } from '@/engine/json'

type ValueQuery = { queryKey: readonly string[]; queryFn: () => Promise<Json>; staleTime: number }

/** How a whole value of this run, or of another one, is asked for: in the workspace, or from what a guest was given. */
export function useReadValue(): (hash: string, otherRun?: string) => ValueQuery {
  const { runId, guest } = useRunSource()
  const client = useTRPCClient()
  return useMemo(
    () => (hash, otherRun) => {
      const id = otherRun ?? runId
      return {
        queryKey: ['value', id, hash],
        queryFn: () =>
          guest ? guest.readValue(hash) : client.runs.payload.query({ id, hash }).then(({ value }) => value),
        // What a hash names never changes.
        staleTime: Number.POSITIVE_INFINITY,
      }
    },
    [runId, guest, client],
  )
}
