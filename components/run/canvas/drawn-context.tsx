'use client'
import { createContext, type ReactNode, useContext, useMemo } from 'react'
import type { Graph } from '@/engine/graph/schema'
import { type Difference, differenceBetween, foreignTo } from './drawn-beside'

const Foreign = createContext<ReadonlySet<string>>(new Set())
const Differs = createContext<Difference>('none')

type Props = { run: Graph | null; drawn: Graph; children: ReactNode }

/** For a canvas that draws another graph than the one that ran: the builder's draft, which goes on changing. */
export function DrawnProvider({ run, drawn, children }: Props) {
  // As text, so that the canvas is drawn again only when it says something else.
  const text = useMemo(() => (run ? foreignTo(run, drawn).join('\n') : ''), [run, drawn])
  const foreign = useMemo(() => new Set(text === '' ? [] : text.split('\n')), [text])
  const difference = useMemo(() => (run ? differenceBetween(run, drawn) : 'none'), [run, drawn])
  return (
    <Foreign value={foreign}>
      <Differs value={difference}>{children}</Differs>
    </Foreign>
  )
}

/** Is this node (or edge, by `edgeId`) drawn, but no part of the run? */
export const useIsForeign = (id: string): boolean => useContext(Foreign).has(id)

export const useDifference = (): Difference => useContext(Differs)
