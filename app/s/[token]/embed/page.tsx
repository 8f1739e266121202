import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { shareMetadata } from '@/components/shared-run/share-metadata'
import { SharedPage } from '@/components/shared-run/shared-page'
import { inProcess } from '@/server/in-process'

type Props = { params: Promise<{ token: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { sharedHead, origin } = inProcess()
  return shareMetadata(await sharedHead((await params).token), origin)
}

export default async function EmbedRoute({ params }: Props) {
  const { token } = await params
  if ((await inProcess().sharedHead(token)).type === 'none') notFound()
  return <SharedPage token={token} look="frame" />
}
