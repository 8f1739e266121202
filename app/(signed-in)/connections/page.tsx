import type { Metadata } from 'next'
import { ConnectionsPage } from '@/components/people/connections-page'

export const metadata: Metadata = { title: 'Models' }

export default function ModelsRoute() {
  return <ConnectionsPage />
}
