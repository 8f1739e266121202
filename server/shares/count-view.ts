import type { Deps } from '@/server/use-case'

/** Somebody opened a link. */
export async function countView({ db }: Pick<Deps, 'db'>, id: string): Promise<void> {
  await db.share.updateMany({ where: { id }, data: { views: { increment: 1 }, lastViewedAt: new Date() } })
}
