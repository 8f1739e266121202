import { type MemberRole, roles } from '@/server/people/actor'

/** Roles in falling order of what they may do. */
export const atLeast = (role: MemberRole, needed: MemberRole): boolean => roles.indexOf(role) <= roles.indexOf(needed)

export const readRole = (text: string): MemberRole => roles.find((role) => role === text) ?? 'viewer'
