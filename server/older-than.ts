import type { Cursor } from '@/server/cursor'

/** The part of a `where` that goes on behind a cursor, in a list ordered by a time and the id, newest first. */
export const olderThan = <K extends string>(column: K, after: Cursor | null) =>
  after === null
    ? {}
    : { AND: [{ OR: [{ [column]: { lt: after.at } }, { [column]: after.at, id: { lt: after.id } }] }] }
