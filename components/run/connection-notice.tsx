'use client'
import { useEffect, useState } from 'react'
import { useRunView } from '@/components/live/run-context'
import { ButtonLink } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'

/** Says when what is shown may be old. A blink of the network is not worth a word. */
export function ConnectionNotice() {
  const connection = useRunView((view) => view.connection)
  const [isLong, setLong] = useState(false)
  const isLost = connection === 'reconnecting'
  useEffect(() => {
    if (!isLost) return setLong(false)
    const timer = setTimeout(() => setLong(true), 1_000)
    return () => clearTimeout(timer)
  }, [isLost])
  if (connection === 'signed_out') {
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
