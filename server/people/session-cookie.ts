export const sessionCookie = 'baton_session'
export const sessionDays = 30

export function cookieNamed(header: string | undefined, name: string): string | null {
  for (const part of (header ?? '').split(';')) {
    const [key, value] = part.trim().split('=', 2)
    if (key === name && value !== undefined && /^[\w-]{20,100}$/.test(value)) return value
  }
  return null
}

/** An empty token takes the cookie away. */
export function sessionCookieHeader(token: string, { secure }: { secure: boolean }): string {
  const age = token === '' ? 0 : sessionDays * 86_400
  return `${sessionCookie}=${token}; Path=/; Max-Age=${age}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
}
