'use client'
import { useState } from 'react'
import { unlockShared } from '@/components/api/share-link'
import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'
import { ShareMessage } from './share-frame'

/** For every address that shows nothing: whether it ended or never was is not told. */
export const NothingShared = () => (
  <ShareMessage title="There is nothing here">
    <p className="text-ink-soft">
      Check that the whole address was copied. A link also ends when it expires or when whoever shared it takes it back.
    </p>
  </ShareMessage>
)

export const NoLongerShared = () => (
  <ShareMessage title="This is no longer shared">
    <p role="status" className="text-ink-soft">
      The link was taken back or has expired. Ask whoever sent it to you for another one.
    </p>
  </ShareMessage>
)

type Props = { token: string; onOpen: (proof: string) => void }

/** Nothing of what is shared is told before the password. */
export function PasswordForm({ token, onOpen }: Props) {
  const [password, setPassword] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const open = async () => {
    setBusy(true)
    try {
      const proof = await unlockShared(token, password)
      if (proof !== null) return onOpen(proof)
      setProblem('This is not the password.')
    } catch (error) {
      setProblem(error instanceof Error ? error.message : 'The server can not be reached.')
    } finally {
      setBusy(false)
    }
  }
  return (
    <ShareMessage title="This link has a password">
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          void open()
        }}
      >
        <TextField
          label="Password"
          type="password"
          autoComplete="off"
          autoFocus
          required
          hint="Whoever sent you the link knows it."
          value={password}
          error={problem ?? undefined}
          onChange={(event) => {
            setPassword(event.target.value)
            setProblem(null)
          }}
        />
        <Button type="submit" tone="primary" busy={isBusy} disabled={password === ''} className="justify-self-start">
          Open
        </Button>
      </form>
    </ShareMessage>
  )
}
