'use client'
import { type ReactNode, useState } from 'react'
import { Button, IconButton } from './button'
import { Dialog, DialogActions } from './dialog'

type Props = {
  /** What the icon means. */
  label: string
  icon: ReactNode
  title: string
  /** The verb on the button that does it. */
  action: string
  busy: boolean
  onConfirm: () => void
  children: ReactNode
}

/** Something that can't be undone: says what it means, then asks. */
export function ConfirmButton({ label, icon, title, action, busy, onConfirm, children }: Props) {
  const [isAsking, setAsking] = useState(false)
  return (
    <>
      <IconButton label={label} onClick={() => setAsking(true)}>
        {icon}
      </IconButton>
      <Dialog open={isAsking} title={title} onClose={() => setAsking(false)}>
        <p className="text-ink-soft text-sm">{children}</p>
        <DialogActions>
          <Button onClick={() => setAsking(false)}>Keep it</Button>
          <Button
            tone="danger"
            busy={busy}
            onClick={() => {
              onConfirm()
              setAsking(false)
            }}
          >
            {action}
          </Button>
        </DialogActions>
      </Dialog>
    </>
  )
}
