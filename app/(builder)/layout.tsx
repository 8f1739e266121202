import type { ReactNode } from 'react'
import { ApiProvider } from '@/components/api/provider'
import { Toaster } from '@/components/ui/toast'

/** The canvas has the whole window; the way back is in its own bar. */
export default function BuilderLayout({ children }: { children: ReactNode }) {
  return (
    <ApiProvider>
      {children}
      <Toaster />
    </ApiProvider>
  )
}
