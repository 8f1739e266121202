import { createHmac, randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

const derive = (password: string, salt: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const done = (error: Error | null, key: Buffer) => (error ? reject(error) : resolve(key))
    scrypt(password.normalize('NFKC'), salt, 32, { N: 16_384, r: 8, p: 1 }, done)
  })

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  return `${salt.toString('base64url')}.${(await derive(password, salt)).toString('base64url')}`
}

export async function isPassword(password: string, stored: string): Promise<boolean> {
  const [salt = '', key = ''] = stored.split('.')
  const derived = await derive(password, Buffer.from(salt, 'base64url'))
  const known = Buffer.from(key, 'base64url')
  return known.length === derived.length && timingSafeEqual(known, derived)
}

/** What somebody who knew the password is known by from then on. It is worth nothing for another link or password. */
export const proofOf = (token: string, passwordHash: string): string =>
  createHmac('sha256', passwordHash).update(token).digest('base64url')

export function isProof(proof: string | null, token: string, passwordHash: string): boolean {
  if (proof === null) return false
  const [given, wanted] = [Buffer.from(proof), Buffer.from(proofOf(token, passwordHash))]
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}
