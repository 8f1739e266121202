'use client'
import { CircleAlert, CircleCheck, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { create } from 'zustand'
import { IconButton } from './button'
import { cx } from './cx'

type Toast = { id: number; tone: 'done' | 'failed'; text: string }
type Toasts = { list: readonly Toast[]; add: (toast: Omit<Toast, 'id'>) => void; drop: (id: number) => void }

let lastId = 0
const useToasts = create<Toasts>((set) => ({
  list: [],
  // Said again, it is said once, and anew.
  add: (toast) =>
    set(({ list }) => ({
      list: [...list.filter(({ text }) => text !== toast.text).slice(-2), { ...toast, id: ++lastId }],
    })),
  drop: (id) => set(({ list }) => ({ list: list.filter((toast) => toast.id !== id) })),
}))

export const toastDone = (text: string): void => useToasts.getState().add({ tone: 'done', text })
export const toastFailed = (text: string): void => useToasts.getState().add({ tone: 'failed', text })

export function Toaster() {
  const list = useToasts((toasts) => toasts.list)
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-x-3 bottom-20 z-40 grid justify-items-center gap-2 md:inset-x-auto md:right-4 md:bottom-4 md:justify-items-end"
    >
      {list.map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
    </div>
  )
}

/** Good news is read at a glance; bad news stays long enough to be read twice, and as long as a hand is on it. */
const staysMs = { done: 5_000, failed: 15_000 } as const

function ToastCard({ toast }: { toast: Toast }) {
  const drop = useToasts((toasts) => toasts.drop)
  const { id, tone, text } = toast
  const [isHeld, setHeld] = useState(false)
  useEffect(() => {
    if (isHeld) return
    const timer = setTimeout(() => drop(id), staysMs[tone])
    return () => clearTimeout(timer)
  }, [id, tone, isHeld, drop])
  const Icon = tone === 'done' ? CircleCheck : CircleAlert
  return (
    <div
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      className="bg-surface border-line shadow-float rounded-card animate-arrive pointer-events-auto flex max-w-md items-start gap-2.5 border py-2 pr-1 pl-3 text-sm"
    >
      <Icon size={16} aria-hidden className={cx('mt-2 shrink-0', tone === 'done' ? 'text-done' : 'text-failed')} />
      <p className="min-w-0 flex-1 py-1.5 break-words">{text}</p>
      <IconButton label="Dismiss" onClick={() => drop(id)}>
        <X size={16} aria-hidden />
      </IconButton>
    </div>
  )
}
