import type { Metadata } from 'next'
import { PreviewPage } from '@/components/gallery/preview-page'

export const metadata: Metadata = { title: 'Gallery' }

export default async function PreviewRoute({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  return <PreviewPage id={decodeURIComponent(id)} />
}
