'use client'
import { useCallback } from 'react'
import type { PathKey } from '@/engine/path'
import { titleAt } from './entry-at'
import { useRunPlace } from './run-place'

/** What the places of this run are called. */
export function useNames(): (path: PathKey) => string {
  const { graph } = useRunPlace()
  return useCallback((path) => titleAt(graph, path), [graph])
}
