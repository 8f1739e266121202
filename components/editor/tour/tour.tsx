'use client'
import { X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useEditor, useEditorState } from '@/components/editor/store/context'
import { Button, IconButton } from '@/components/ui/button'
import { placeBeside } from './place-beside'
import { tourMemory, tourSteps } from './steps'

/** Three cards beside what they explain. They come once, on a team from the gallery, and go for good when one leaves. */
export function Tour() {
  const editor = useEditor()
  const step = useEditorState(({ tour }) => tour)
  const isFree = useEditorState(({ dialog, runId }) => dialog === null && runId === null)
  const isFromGallery = useEditorState(({ graph }) => graph.template !== undefined && graph.nodes.length > 0)
  const begins = useRef(isFromGallery)
  useEffect(() => {
    if (!begins.current || tourMemory.isLeft()) return
    // What the page opens with comes first: the form of the first run, a node that the address names.
    const timer = setTimeout(() => editor.store.getState().show({ tour: 0 }), 600)
    return () => clearTimeout(timer)
  }, [editor])
  if (step === null || !isFree) return null
  const leave = () => {
    tourMemory.leave()
    editor.store.getState().show({ tour: null })
    editor.canvas.current?.focus()
  }
  const next = () => (step + 1 < tourSteps.length ? editor.store.getState().show({ tour: step + 1 }) : leave())
  return <Card key={step} step={step} onNext={next} onLeave={leave} />
}

type CardProps = { step: number; onNext: () => void; onLeave: () => void }

function Card({ step, onNext, onLeave }: CardProps) {
  const card = useRef<HTMLDivElement>(null)
  const target = useTarget(tourSteps[step]?.targets ?? nothing)
  const [at, setAt] = useState<{ left: number; top: number } | null>(null)
  useEffect(() => {
    if (card.current === null || target === null) return
    const { width, height } = card.current.getBoundingClientRect()
    setAt(placeBeside(target, { width, height }, { width: window.innerWidth, height: window.innerHeight }))
  }, [target])
  // Nothing that is hidden can have the focus.
  const isPlaced = at !== null
  useEffect(() => {
    if (isPlaced) card.current?.querySelector<HTMLElement>('[data-next]')?.focus({ preventScroll: true })
  }, [isPlaced])
  const shown = tourSteps[step]
  if (shown === undefined) return null
  const isLast = step + 1 === tourSteps.length
  return (
    <>
      {target && (
        <div
          aria-hidden
          className="border-accent pointer-events-none fixed z-30 rounded-[10px] border-2"
          style={{ left: target.left - 4, top: target.top - 4, width: target.width + 8, height: target.height + 8 }}
        />
      )}
      <div
        ref={card}
        role="dialog"
        aria-label={`Tour, ${step + 1} of ${tourSteps.length}: ${shown.title}`}
        onKeyDown={(event) => {
          // The canvas hears keys too.
          event.stopPropagation()
          if (event.key === 'Escape') onLeave()
        }}
        className="bg-surface text-ink border-line shadow-float rounded-card fixed z-40 w-80 max-w-[calc(100vw-1rem)] border p-4 text-sm"
        style={{ ...(at ?? { left: 8, top: 8 }), visibility: at === null ? 'hidden' : 'visible' }}
      >
        <div className="flex items-start justify-between gap-2">
          <h2 className="font-semibold">{shown.title}</h2>
          <span className="-mt-2 -mr-2">
            <IconButton label="Leave the tour" onClick={onLeave}>
              <X size={16} aria-hidden />
            </IconButton>
          </span>
        </div>
        <p className="text-ink-soft pt-1">{shown.text}</p>
        <div className="flex items-center justify-between pt-3">
          <span className="text-ink-faint text-xs">
            {step + 1} of {tourSteps.length}
          </span>
          <Button size="small" tone="primary" data-next onClick={onNext}>
            {isLast ? 'Got it' : 'Next'}
          </Button>
        </div>
      </div>
    </>
  )
}

type Rect = { left: number; top: number; width: number; height: number }

const nothing: readonly string[] = []

/** Where it is on the screen, also while the canvas moves. */
function useTarget(selectors: readonly string[]): Rect | null {
  const [rect, setRect] = useState<Rect | null>(null)
  useEffect(() => {
    let frame = 0
    let before = ''
    const look = () => {
      const found = selectors.flatMap((selector) => document.querySelector(selector) ?? [])[0]?.getBoundingClientRect()
      const { left = 0, top = 0, width = 0, height = 0 } = found ?? {}
      const now = [left, top, width, height].map(Math.round).join(' ')
      if (now !== before) setRect(width > 0 ? { left, top, width, height } : null)
      before = now
      frame = requestAnimationFrame(look)
    }
    look()
    return () => cancelAnimationFrame(frame)
  }, [selectors])
  return rect
}
