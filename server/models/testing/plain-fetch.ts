import type { Fetch } from '@/server/models/types'

/** For tests against a server on this machine; everything else goes through the outbound client. */
export const plainFetch: Fetch = (input, init) => globalThis.fetch(input, init)
