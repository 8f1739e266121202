import { ImageResponse } from 'next/og'
import { pictureSize, SharePicture } from '@/components/shared-run/picture/share-picture'
import { inProcess } from '@/server/in-process'

export const size = pictureSize
export const contentType = 'image/png'
export const alt = 'The graph of a team of AI agents'

export default async function Picture({ params }: { params: Promise<{ token: string }> }) {
  const head = await inProcess().sharedHead((await params).token)
  if (head.type === 'none') return new Response(null, { status: 404 })
  return new ImageResponse(<SharePicture shared={head.type === 'open' ? head : null} />, {
    ...pictureSize,
    headers: { 'cache-control': 'private, max-age=300' },
  })
}
