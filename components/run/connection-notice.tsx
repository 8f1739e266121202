'use client'
import { useEffect, useState } from 'react'
import { useRunView } from '@/components/live/run-context'
import { ButtonLink } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { isOver } from '@/engine/run/state'
import { useIsGuest } from './run-place'

/** Says when what is shown may be old. A blink of the network is not worth a word. */
export function ConnectionNotice() {
  const connection = useRunView((view) => view.connection)
  const isEnded = useRunView(({ state }) => isOver(state.run))
  const isGuest = useIsGuest()
  const [isLong, setLong] = useState(false)
  const isLost = connection === 'reconnecting'
  useEffect(() => {
    if (!isLost) return setLong(false)
    const timer = setTimeout(() => setLong(true), 1_000)
    return () => clearTimeout(timer)
  }, [isLost])
  // Nothing more will come of it, whether or not the server can be reached.
  if (isGuest && isEnded) return null
  if (connection === 'signed_out' && !isGuest) {
    return (
      <Notice
        tone="waiting"
        title="You are signed out"
        actions={
          <ButtonLink size="small" href="/">
            Sign in
          </ButtonLink>
        }
      >
        The run goes on. What you see here may be old.
      </Notice>
    )
  }
  if (!isLong) return null
  return (
    <Notice tone="waiting" title="Reconnecting…">
      The run goes on. This page catches up as soon as Baton answers.
    </Notice>
  )
}
