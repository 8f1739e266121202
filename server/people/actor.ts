export const roles = ['owner', 'admin', 'editor', 'operator', 'viewer'] as const
export type MemberRole = (typeof roles)[number]

/** Who asks. Comes from the session or the key, never from a body; every use case takes one. */
export type Actor = {
  workspaceId: string
  userId: string | null
  /** Set when an API key acts. */
  keyId: string | null
  name: string
  role: MemberRole
}
