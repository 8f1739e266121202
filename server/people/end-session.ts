import { hashToken } from '@/server/people/token'
import type { Deps } from '@/server/use-case'

export async function endSession({ db, actors }: Pick<Deps, 'db' | 'actors'>, token: string): Promise<void> {
  const tokenHash = hashToken(token)
  await db.session.deleteMany({ where: { tokenHash } })
  actors.forget(tokenHash)
}
