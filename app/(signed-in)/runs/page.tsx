import type { Metadata } from 'next'
import { RunsPage } from '@/components/run/list/runs-page'

export const metadata: Metadata = { title: 'Runs' }

export default function RunsRoute() {
  return <RunsPage />
}
