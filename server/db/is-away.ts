const connectionCodes = /^(P1001|P1002|P1008|P1017|P2024|08\w{3}|57P0[1-3]|53300|ECONN\w+|EPIPE|ETIMEDOUT)$/

/** The database can't be reached at the moment: the same request may work in a little while. */
export function isAway(error: unknown): boolean {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    if ('code' in at && typeof at.code === 'string' && connectionCodes.test(at.code)) return true
    if (connectionCodes.test(adapterCode(at))) return true
    if (
      /connection (terminated|refused|closed)|server has closed the connection|can't reach database/i.test(at.message)
    )
      return true
  }
  return false
}

/** Prisma keeps what PostgreSQL said (`the database system is starting up`) where no cause leads to. */
function adapterCode(error: object): string {
  const cause = ['meta', 'driverAdapterError', 'cause'].reduce<unknown>(inside, error)
  return String(inside(cause, 'originalCode') ?? '')
}

const inside = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
