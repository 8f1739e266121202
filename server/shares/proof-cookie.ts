import { cookieNamed } from '@/server/people/session-cookie'
import { hashToken } from '@/server/people/token'

const nameOf = (token: string): string => `baton_share_${hashToken(token).slice(0, 12)}`

/** For the whole site: sockets do not live below the address of the link. */
export const proofCookie = (token: string, proof: string): string =>
  `${nameOf(token)}=${proof}; Path=/; Max-Age=86400; HttpOnly; SameSite=Lax`

export const proofInCookie = (header: string | undefined, token: string): string | null =>
  cookieNamed(header, nameOf(token))
