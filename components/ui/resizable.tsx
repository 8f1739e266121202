'use client'
import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from 'react'

type Props = {
  /** Under which the height is remembered. */
  name: string
  label: string
  first: number
  min: number
  children: ReactNode
}

const read = (name: string, first: number): number => {
  if (typeof window === 'undefined') return first
  const kept = Number(window.localStorage.getItem(`height:${name}`))
  return kept > 0 ? kept : first
}

/** A panel at the bottom whose upper edge can be dragged, by keyboard too. */
export function ResizableBelow({ name, label, first, min, children }: Props) {
  const [height, setHeight] = useState(() => read(name, first))
  const panel = useRef<HTMLDivElement>(null)
  const start = useRef<{ y: number; height: number } | null>(null)
  const most = () => Math.max(min, window.innerHeight * 0.7)
  const set = (next: number) => {
    const kept = Math.round(Math.min(most(), Math.max(min, next)))
    setHeight(kept)
    window.localStorage.setItem(`height:${name}`, String(kept))
  }
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    start.current = { y: event.clientY, height: panel.current?.offsetHeight ?? height }
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowUp' ? 24 : event.key === 'ArrowDown' ? -24 : 0
    if (step === 0) return
    event.preventDefault()
    set(height + step)
  }
  return (
    <div ref={panel} style={{ height }} className="relative min-h-0 shrink-0">
      {/* biome-ignore lint/a11y/useSemanticElements: a separator with a value is no <hr> */}
      <div
        role="separator"
        aria-label={label}
        aria-orientation="horizontal"
        aria-valuenow={height}
        aria-valuemin={min}
        tabIndex={0}
        onPointerDown={onPointerDown}
        onPointerMove={(event) => start.current && set(start.current.height + start.current.y - event.clientY)}
        onPointerUp={() => {
          start.current = null
        }}
        onKeyDown={onKeyDown}
        className="hover:bg-accent-tint focus-visible:bg-accent-tint absolute inset-x-0 -top-1 z-10 h-2 cursor-row-resize touch-none"
      />
      {children}
    </div>
  )
}
