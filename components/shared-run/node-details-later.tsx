'use client'
import dynamic from 'next/dynamic'
import { useEffect } from 'react'
import { SkeletonRows } from '@/components/ui/panel'

const details = () => import('@/components/run/node-details')

/**
 * What is known of a node brings both languages of references along, which is an eighth of a shared page. Nobody opens a
 * node before the run is on the screen.
 */
export const NodeDetailsLater = dynamic(() => details().then((module) => module.NodeDetails), {
  loading: () => <SkeletonRows rows={4} />,
})

const afterMs = 1_000

/** Gets them once the page has come to rest, so that they are there when a node is opened. */
export function useDetailsSoon(): void {
  useEffect(() => {
    // If that fails, opening a node tries again and says so.
    const timer = setTimeout(() => void details().catch(() => {}), afterMs)
    return () => clearTimeout(timer)
  }, [])
}
