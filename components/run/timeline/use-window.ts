'use client'
import { type RefObject, useEffect, useState } from 'react'

const spare = 12

export type Window = { from: number; to: number; before: number; after: number }

/** Of many rows of one height only those near what can be seen are drawn. The scroller is the list's own. */
export function useWindow(scroller: RefObject<HTMLElement | null>, count: number, rowHeight: number): Window {
  const [seen, setSeen] = useState({ top: 0, height: 600 })
  useEffect(() => {
    const element = scroller.current
    if (!element) return
    let isAsked = false
    const read = () => {
      isAsked = false
      setSeen({ top: element.scrollTop, height: element.clientHeight })
    }
    const ask = () => {
      if (isAsked) return
      isAsked = true
      requestAnimationFrame(read)
    }
    const sizes = new ResizeObserver(ask)
    sizes.observe(element)
    element.addEventListener('scroll', ask, { passive: true })
    return () => {
      sizes.disconnect()
      element.removeEventListener('scroll', ask)
    }
  }, [scroller])
  const from = Math.max(0, Math.min(count, Math.floor(seen.top / rowHeight) - spare))
  const to = Math.min(count, Math.ceil((seen.top + seen.height) / rowHeight) + spare)
  return { from, to, before: from * rowHeight, after: Math.max(0, count - to) * rowHeight }
}
