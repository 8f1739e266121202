/**
 * A bucket: `burst` at once, `perSecond` afterwards. Two sorts. What somebody could guess is counted in PostgreSQL, one
 * statement an attempt, exact however many processes there are (take-from.ts). What is merely used a lot is counted in
 * the process and settled with PostgreSQL a few times a second (meter.ts).
 */
export type Bucket = { burst: number; perSecond: number }

/** What a wrong guess costs, and a right one. */
export type Guessable = Bucket & { miss: number; hit: number }

export const guessable = {
  /** By client address. Twenty wrong links at once, then two a minute. */
  sign_in: { burst: 20, perSecond: 1 / 30, miss: 1, hit: 0 },
  /** Addresses of share links, by client address: many may look, few may guess. */
  share: { burst: 3_000, perSecond: 30, miss: 30, hit: 1 },
  /** By share link and client address. */
  share_password: { burst: 10, perSecond: 1 / 60, miss: 1, hit: 0 },
} as const satisfies { readonly [name: string]: Guessable }
export type GuessableName = keyof typeof guessable

export type MeteredName = 'api' | 'wrong_key' | 'page'

/**
 * `api`: by key or person. Above what one process can answer unless the operator sets it lower: it is there to be set.
 * `wrong_key`, `page` (what is open to all): by client address.
 */
export const meteredBuckets = (apiRate: number): Readonly<Record<MeteredName, Bucket>> => ({
  api: { burst: apiRate * 2, perSecond: apiRate },
  wrong_key: { burst: 300, perSecond: 10 },
  page: { burst: 1_000, perSecond: 100 },
})
