'use client'
import { LogOut } from 'lucide-react'
import { useState } from 'react'
import { signOut } from '@/components/api/sign-out'
import { Button } from '@/components/ui/button'
import { toastFailed } from '@/components/ui/toast'

export function SignOutButton() {
  const [isLeaving, setLeaving] = useState(false)
  const leave = () => {
    setLeaving(true)
    signOut().catch(() => {
      setLeaving(false)
      toastFailed('Baton can not be reached, so you are still signed in here.')
    })
  }
  return (
    <Button tone="quiet" icon={<LogOut size={16} aria-hidden />} busy={isLeaving} onClick={leave}>
      Sign out
    </Button>
  )
}
