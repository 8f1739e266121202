import type { Metadata } from 'next'
import { SecretsPage } from '@/components/people/secrets-page'

export const metadata: Metadata = { title: 'Secrets' }

export default function SecretsRoute() {
  return <SecretsPage />
}
