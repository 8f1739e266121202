import type { Metadata } from 'next'
import type { SharedHead } from '@/server/in-process'

/** For chats and forums that show a card beside a link; search engines are asked to stay away. */
export function shareMetadata(head: SharedHead, origin: string): Metadata {
  const { title, about } =
    head.type === 'open' ? head : { title: 'Shared with Baton', about: 'A run of a team of AI agents.' }
  return {
    metadataBase: new URL(origin),
    title: { absolute: title },
    description: about,
    robots: { index: false, follow: false },
    referrer: 'no-referrer',
    openGraph: { title, description: about, type: 'website', siteName: 'Baton' },
    twitter: { card: 'summary_large_image', title, description: about },
  }
}
