'use client'
import { type MouseEvent, type PointerEvent, type RefObject, useMemo, useRef } from 'react'

/**
 * A click beside a dialog leaves it. It has to begin there: whoever selects text in it and lets go outside wants to keep
 * what is written. Nor is it the second half of the double click that opened it.
 */
export function useClickBeside(dialog: RefObject<HTMLDialogElement | null>, onClose: () => void) {
  const began = useRef(false)
  return useMemo(
    () => ({
      onPointerDown: ({ target }: PointerEvent) => {
        began.current = target === dialog.current
      },
      onClick: ({ target, detail }: MouseEvent) => {
        if (began.current && target === dialog.current && detail < 2) onClose()
      },
    }),
    [dialog, onClose],
  )
}
