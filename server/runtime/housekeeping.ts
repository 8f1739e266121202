import type { Pool } from 'pg'

/** Rows that nobody can come back to. Each statement stands for itself, and finds little when it is asked often. */
const statements = [
  `delete from session where expires_at < now()`,
  `delete from sign_in_link where expires_at < now() - interval '1 day'`,
  // Longer than any process may be silent and still come back.
  `delete from process where heartbeat_at < now() - interval '1 hour'`,
  // A bucket that is full again is the same as none.
  `delete from rate_limit where full_at < now()`,
  // What a run was told is in its log. Decisions stay: whoever comes late is told who decided.
  `delete from run_command where taken_seq is not null and wait is null and created_at < now() - interval '7 days'`,
]

export async function keepHouse(pool: Pool): Promise<void> {
  for (const statement of statements) await pool.query(statement)
}
