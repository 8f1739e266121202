import type { Metadata } from 'next'
import { SharesPage } from '@/components/share/shares-page'

export const metadata: Metadata = { title: 'Shared' }

export default function SharesRoute() {
  return <SharesPage />
}
