import type { ReactNode } from 'react'
import { ApiProvider } from '@/components/api/provider'
import { Shell } from '@/components/shell/shell'
import { Toaster } from '@/components/ui/toast'

export default function SignedInLayout({ children }: { children: ReactNode }) {
  return (
    <ApiProvider>
      <Shell>{children}</Shell>
      <Toaster />
    </ApiProvider>
  )
}
