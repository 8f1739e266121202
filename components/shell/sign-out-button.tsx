'use client'
import { LogOut } from 'lucide-react'
import { useState } from 'react'
import { signOut } from '@/components/api/sign-out'
import { toastFailed } from '@/components/ui/toast'

export function SignOutButton({ className }: { className: string }) {
  const [isLeaving, setLeaving] = useState(false)
  const leave = () => {
    setLeaving(true)
    signOut().catch(() => {
      setLeaving(false)
      toastFailed('Baton can not be reached, so you are still signed in here.')
    })
  }
  return (
    <button type="button" disabled={isLeaving} aria-busy={isLeaving} onClick={leave} className={className}>
      <LogOut size={18} aria-hidden />
      Sign out
    </button>
  )
}
