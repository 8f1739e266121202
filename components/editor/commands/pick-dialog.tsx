'use client'
import { type ComponentProps, useEffect, useRef } from 'react'
import { Picker } from '@/components/editor/commands/picker'
import { useClickBeside } from '@/components/ui/use-click-beside'

/** A list over everything else, near the top, where the eyes are. */
export function PickDialog(props: ComponentProps<typeof Picker>) {
  const element = useRef<HTMLDialogElement>(null)
  const beside = useClickBeside(element, props.onClose)
  useEffect(() => {
    const dialog = element.current
    dialog?.showModal()
    return () => dialog?.close()
  }, [])
  return (
    <dialog
      ref={element}
      aria-label={props.label}
      onCancel={(event) => {
        event.preventDefault()
        props.onClose()
      }}
      {...beside}
      className="bg-surface text-ink border-line shadow-float rounded-card mx-auto mt-[12dvh] w-[min(560px,calc(100vw-24px))] overflow-hidden border p-0 text-sm backdrop:bg-[rgb(10_12_20/0.32)]"
    >
      <div className="flex max-h-[60dvh] flex-col">
        <Picker {...props} />
      </div>
    </dialog>
  )
}
