import { createStore, type StoreApi } from 'zustand/vanilla'

/** How many cards show all that they have. Each takes a number when it comes. */
export type Details = { take: () => number; shown: StoreApi<{ count: number }>; stop: () => void }

const atOnce = 80
const inOneGo = 20

type Later = (work: () => void) => () => void

/**
 * Of many cards only the first are drawn whole at once, the others as blocks with a name; what is in them follows while
 * the page has nothing else to do. So one can move around sooner.
 */
export function createDetails(later: Later): Details {
  const shown = createStore(() => ({ count: atOnce }))
  let taken = 0
  let cancel: (() => void) | null = null
  const more = () => {
    cancel = null
    const count = shown.getState().count + inOneGo
    shown.setState({ count })
    if (count < taken) ask()
  }
  const ask = () => {
    cancel ??= later(more)
  }
  return {
    shown,
    take: () => {
      const number = taken++
      if (number >= shown.getState().count) ask()
      return number
    },
    stop: () => {
      cancel?.()
      cancel = null
    },
  }
}
