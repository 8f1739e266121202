import { z } from 'zod'
import { isUuid } from '@/server/uuid'

/** Where a list goes on: behind the row with this time and id. Opaque outside. */
export type Cursor = { at: Date; id: string }

export const writeCursor = ({ at, id }: Cursor): string => Buffer.from(`${at.getTime()} ${id}`).toString('base64url')

export function readCursor(text: string): Cursor | null {
  const [time = '', id = ''] = Buffer.from(text, 'base64url').toString('utf8').split(' ')
  const at = new Date(/^\d{1,15}$/.test(time) ? Number(time) : Number.NaN)
  return Number.isNaN(at.getTime()) || !isUuid(id) ? null : { at, id }
}

const cursor = z
  .string()
  .max(200)
  .refine((text) => readCursor(text) !== null, 'is no cursor of this list')

/** What every list takes. */
export const paging = {
  cursor: cursor.optional().describe('`nextCursor` of the page before.'),
  limit: z.coerce.number<number>().int().min(1).max(200).default(50).describe('Items a page.'),
}

/** Where a list goes on that is ordered by something else: behind the row with these keys. Opaque outside as well. */
export const writeKeys = (keys: readonly string[]): string => Buffer.from(JSON.stringify(keys)).toString('base64url')

export function readKeys(text: string): readonly string[] | null {
  try {
    const keys: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    return Array.isArray(keys) && keys.every((key) => typeof key === 'string') ? keys : null
  } catch {
    return null
  }
}

/** `isKey` says which keys this list knows. */
export const keysCursor = (isKey: (keys: readonly string[]) => boolean) =>
  z
    .string()
    .max(2_000)
    .refine((text) => {
      const keys = readKeys(text)
      return keys !== null && isKey(keys)
    }, 'is no cursor of this list')
    .optional()
    .describe('`nextCursor` of the page before.')

/** Rows are asked for one more than the page holds: the extra one says that there is a next page. */
export function pageOf<T>(rows: readonly T[], limit: number, cursorOf: (row: T) => Cursor) {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, nextCursor: rows.length > limit && last !== undefined ? writeCursor(cursorOf(last)) : null }
}
