'use client'
import { createContext, type ReactNode, useContext, useState } from 'react'
import { useStore } from 'zustand'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { PathKey } from '@/engine/path'
import { placesOn } from './canvas/instance-of'
import { readAddress, writeAddress } from './replay/address'

export type RunFocus = {
  /** The node instance whose details are shown. */
  selected: PathKey | null
  /** The item or iteration of a box that somebody chose to look at, by the path of the box. */
  chosen: ReadonlyMap<PathKey, number>
  /** Where nobody chose: the one where something happens. */
  followed: ReadonlyMap<PathKey, number>
  /** The node that somebody is about to decide on: its form is to be opened. */
  deciding: PathKey | null
}

export type FocusStore = StoreApi<RunFocus> & {
  /** Shows the details of a node, and on the canvas the item or iteration that it belongs to. */
  select: (path: PathKey | null) => void
  /** Leads to the form in which a decision is taken. */
  decide: (path: PathKey) => void
  /** The form is there. */
  reached: () => void
  choose: (box: PathKey, index: number | null) => void
  follow: (box: PathKey, index: number) => void
}

export function createFocus(selected: PathKey | null, changed: (path: PathKey | null) => void): FocusStore {
  const store = createStore<RunFocus>(() => ({
    selected,
    chosen: new Map(selected === null ? [] : placesOn(selected).scopes),
    followed: new Map(),
    deciding: null,
  }))
  const select = (path: PathKey | null) => {
    const { selected: before, chosen, followed } = store.getState()
    if (before === path) return
    const scopes = path === null ? [] : placesOn(path).scopes
    // An item that the canvas shows already goes on being followed.
    const others = scopes.filter(([box, index]) => (chosen.get(box) ?? followed.get(box)) !== index)
    store.setState({ selected: path, ...(others.length > 0 && { chosen: new Map([...chosen, ...others]) }) })
    changed(path)
  }
  return {
    ...store,
    select,
    decide: (path) => {
      select(path)
      store.setState({ deciding: path })
    },
    reached: () => store.setState({ deciding: null }),
    choose: (box, index) => {
      const chosen = new Map(store.getState().chosen)
      if (index === null) chosen.delete(box)
      else chosen.set(box, index)
      store.setState({ chosen })
    },
    follow: (box, index) => {
      const { followed } = store.getState()
      if (followed.get(box) !== index) store.setState({ followed: new Map(followed).set(box, index) })
    },
  }
}

const FocusContext = createContext<FocusStore | null>(null)

export const FocusStoreProvider = FocusContext.Provider

/** What of a run somebody looks at. With `inAddress` the selected node can be linked to. */
export function FocusProvider({ inAddress = false, children }: { inAddress?: boolean; children: ReactNode }) {
  const [focus] = useState(() =>
    createFocus(inAddress ? readAddress().node : null, (node) => {
      if (inAddress) writeAddress({ node })
    }),
  )
  return <FocusContext value={focus}>{children}</FocusContext>
}

export function useFocus(): FocusStore {
  const focus = useContext(FocusContext)
  if (!focus) throw new Error('This is used outside of FocusProvider')
  return focus
}

export const useFocused = <T,>(select: (focus: RunFocus) => T): T => useStore(useFocus(), select)
