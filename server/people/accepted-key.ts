/** A key may be revoked from a time on that is still to come: one that is lent ends by itself. */
export const isAccepted = ({ revokedAt }: { revokedAt: Date | null }): boolean =>
  revokedAt === null || revokedAt.getTime() > Date.now()

export const acceptedNow = () => ({ OR: [{ revokedAt: null }, { revokedAt: { gt: new Date() } }] })
