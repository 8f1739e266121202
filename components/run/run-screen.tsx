'use client'
import { useIsWide } from '@/components/ui/use-is-wide'
import { RunDesk } from './run-desk'
import { RunPhone } from './run-phone'

/** A run, live or at any moment of it: the graph first, the waterfall below, the details at the side. */
export function RunScreen() {
  return useIsWide() ? <RunDesk /> : <RunPhone />
}
