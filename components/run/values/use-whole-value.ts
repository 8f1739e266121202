'use client'
import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '@/components/api/trpc'
import { useRunPlace } from '@/components/run/run-place'
import type { Json } from '@/engine/json'
import type { Ref } from '@/engine/payload'
import { wholeValue } from './wire-value'

/** All of a value of this run, or of another one; undefined until it is there. */
export function useWholeValue(ref: Ref | null, otherRun?: string): Json | undefined {
  const { runId } = useRunPlace()
  const trpc = useTRPC()
  const whole = ref && wholeValue(ref)
  const payload = useQuery(
    trpc.runs.payload.queryOptions(
      { id: otherRun ?? runId, hash: ref?.hash ?? '' },
      { enabled: ref !== null && !whole, staleTime: Number.POSITIVE_INFINITY },
    ),
  )
  if (ref === null) return null
  return whole ? whole.value : payload.data?.value
}
