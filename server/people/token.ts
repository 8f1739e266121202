import { hash, randomBytes } from 'node:crypto'

/** Tokens are long and random, so that a plain hash is enough to keep them by. */
export const hashToken = (token: string): string => hash('sha256', token, 'base64url')

export const newToken = (bytes: number): string => randomBytes(bytes).toString('base64url')
