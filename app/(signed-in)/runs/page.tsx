import type { Metadata } from 'next'
import { RunList } from '@/components/run/run-list'
import { Page } from '@/components/shell/page'

export const metadata: Metadata = { title: 'Runs' }

export default function RunsRoute() {
  return (
    <Page title="Runs">
      <RunList />
    </Page>
  )
}
