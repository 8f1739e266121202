'use client'
import { createContext, useContext } from 'react'
import type { Mark } from './compare-graphs'

export type Shown = {
  /** Null: one graph alone is looked at. */
  marks: ReadonlyMap<string, Mark> | null
  wires: ReadonlyMap<string, Mark>
  chosen: string | null
  choose: (id: string | null) => void
}

const ShownContext = createContext<Shown | null>(null)
export const ShownProvider = ShownContext.Provider

export function useShown(): Shown {
  const shown = useContext(ShownContext)
  if (shown === null) throw new Error('This belongs into the picture of a version.')
  return shown
}
