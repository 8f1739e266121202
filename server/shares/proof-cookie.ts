import { cookieNamed } from '@/server/people/session-cookie'
import { hashToken } from '@/server/people/token'

const nameOf = (token: string): string => `baton_share_${hashToken(token).slice(0, 12)}`

/** A path holds for what lies below it, and `/s/<token>.json` does not lie below `/s/<token>`: hence one for each. */
const ends = ['', '.json', '.yaml']

/** For the addresses of this link and for nothing else. Sockets live elsewhere: they are told the proof. */
export const proofCookies = (token: string, proof: string, { secure }: { secure: boolean }): string[] =>
  ends.map(
    (end) =>
      `${nameOf(token)}=${proof}; Path=/s/${token}${end}; Max-Age=86400; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`,
  )

export const proofInCookie = (header: string | undefined, token: string): string | null =>
  cookieNamed(header, nameOf(token))
