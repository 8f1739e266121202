import type { ReactNode } from 'react'
import { ApiProvider } from '@/components/api/provider'
import { Toaster } from '@/components/ui/toast'

/** For people without an account: no navigation, nothing that asks who they are. */
export default function ShareLayout({ children }: { children: ReactNode }) {
  return (
    <ApiProvider>
      {children}
      <Toaster />
    </ApiProvider>
  )
}
