'use client'
import { useQuery } from '@tanstack/react-query'
import type { Json } from '@/engine/json'
import type { Ref } from '@/engine/payload'
import { useReadValue } from './use-read-value'
import { wholeValue } from './wire-value'

/** All of a value of this run, or of another one; undefined until it is there. */
export function useWholeValue(ref: Ref | null, otherRun?: string): Json | undefined {
  const readValue = useReadValue()
  const whole = ref && wholeValue(ref)
  const read = useQuery({ ...readValue(ref?.hash ?? '', otherRun), enabled: ref !== null && !whole })
  if (ref === null) return null
  return whole ? whole.value : read.data
}
