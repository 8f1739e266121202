import { createCipheriv, createDecipheriv, hash, randomBytes } from 'node:crypto'

export type Sealer = {
  /** `about` is bound to the value: a sealed text moved to another row, name or workspace does not open. */
  seal: (text: string, about: string) => string
  open: (sealed: string, about: string) => string
}

export class SealError extends Error {
  override readonly name = 'SealError'
}

/** AES-256-GCM. The id of the key stands in front, so that a changed key is told apart from damage. */
export function createSealer(key: Buffer): Sealer {
  const keyId = hash('sha256', key, 'hex').slice(0, 8)
  return {
    seal: (text, about) => {
      const iv = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(about))
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return ['v1', keyId, ...[iv, cipher.getAuthTag(), body].map((part) => part.toString('base64url'))].join('.')
    },
    open: (sealed, about) => {
      const [version, sealedWith, iv, tag, body] = sealed.split('.')
      if (version !== 'v1' || iv === undefined || tag === undefined || body === undefined) {
        throw new SealError('A stored secret is damaged.')
      }
      if (sealedWith !== keyId) {
        throw new SealError('A stored secret was sealed with another key than the present BATON_SECRET_KEY.')
      }
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64url'), { authTagLength: 16 })
        decipher.setAAD(Buffer.from(about)).setAuthTag(Buffer.from(tag, 'base64url'))
        return decipher.update(body, 'base64url', 'utf8') + decipher.final('utf8')
      } catch {
        throw new SealError('A stored secret is damaged or belongs somewhere else.')
      }
    },
  }
}
