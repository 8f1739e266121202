'use client'
import { type ComponentType, type ReactNode, useEffect, useState } from 'react'
import { toastFailed } from './toast'

export type Later<P extends object> = { current: () => ComponentType<P> | null; prepare: () => Promise<void> }

/** A part of a page that is loaded when it is first wanted, or in an idle moment before that (`prepareWhenIdle`). */
export function later<P extends object>(load: () => Promise<ComponentType<P>>): Later<P> {
  let loaded: ComponentType<P> | null = null
  let loading: Promise<void> | null = null
  const prepare = (): Promise<void> => {
    loading ??= load().then(
      (component) => {
        loaded = component
      },
      (error: unknown) => {
        loading = null
        throw error
      },
    )
    return loading
  }
  return { current: () => loaded, prepare }
}

type PartProps<P extends object> = { of: Later<P>; with: P; meanwhile?: ReactNode }

/** Once it is there it is drawn at once: what React has for this is blank first, and holds back what comes soon after. */
export function Part<P extends object>({ of, with: props, meanwhile = null }: PartProps<P>) {
  const [, drawAgain] = useState(false)
  const Loaded = of.current()
  const isThere = Loaded !== null
  useEffect(() => (isThere ? undefined : untilThere(of.prepare, () => drawAgain(true))), [of, isThere])
  return Loaded ? <Loaded {...props} /> : meanwhile
}

function untilThere(prepare: () => Promise<void>, then: () => void): () => void {
  let isGone = false
  const tryIt = () =>
    void prepare().then(
      () => isGone || then(),
      () => isGone || toastFailed('A part of this page could not be loaded. It comes as soon as the network is back.'),
    )
  tryIt()
  window.addEventListener('online', tryIt)
  return () => {
    isGone = true
    window.removeEventListener('online', tryIt)
  }
}

const whenIdle = (work: () => void): void => {
  if ('requestIdleCallback' in window) window.requestIdleCallback(work)
  else setTimeout(work, 200)
}

/** Whoever opens a page does something with it first. */
const restMs = 1_000

/** After a while, one after the other, each in a moment of its own: nothing that is being done is held up. */
export function prepareWhenIdle(parts: readonly Pick<Later<object>, 'prepare'>[]): () => void {
  const left = [...parts]
  const next = () => {
    const part = left.shift()
    // What can't be loaded now is asked for again when it is wanted.
    if (part !== undefined) whenIdle(() => void part.prepare().then(next, next))
  }
  const begin = setTimeout(next, restMs)
  return () => {
    clearTimeout(begin)
    left.splice(0)
  }
}
