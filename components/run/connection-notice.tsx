'use client'
import { CloudOff } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useRunView } from '@/components/live/run-context'
import { Badge } from '@/components/ui/badge'
import { ButtonLink } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { isOver } from '@/engine/run/state'
import { useIsGuest } from './run-place'

/** A blink of the network is not worth a word. */
function useLost(): 'no' | 'reconnecting' | 'signed_out' {
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
  // Nothing more will come of a run that is over, whether or not the server can be reached.
  if (isGuest) return isLost && isLong && !isEnded ? 'reconnecting' : 'no'
  if (connection === 'signed_out') return connection
  return isLost && isLong ? 'reconnecting' : 'no'
}

/** The same in one word, for the builder's dock. */
export function ConnectionBadge() {
  const lost = useLost()
  return (
    <span role="status" className="inline-flex">
      {lost === 'reconnecting' && (
        <Badge tone="waiting" title="The run goes on. This page catches up as soon as Baton answers.">
          <CloudOff size={14} aria-hidden />
          Reconnecting…
        </Badge>
      )}
      {lost === 'signed_out' && (
        <Badge tone="waiting" title="The run goes on. What you see here may be old.">
          <CloudOff size={14} aria-hidden />
          Signed out
        </Badge>
      )}
    </span>
  )
}

/** Says when what is shown may be old. */
export function ConnectionNotice() {
  const lost = useLost()
  if (lost === 'signed_out') {
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
  if (lost === 'no') return null
  return (
    <Notice tone="waiting" title="Reconnecting…">
      The run goes on. This page catches up as soon as Baton answers.
    </Notice>
  )
}
