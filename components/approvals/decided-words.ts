import type { ApprovalDetail } from '@/server/approvals/get-approval'

type Decided = NonNullable<ApprovalDetail['decided']>

const verbs: { readonly [decision: string]: string } = {
  approved: 'approved this',
  rejected: 'rejected this',
  cancelled: 'cancelled the run',
}
const byItself: { readonly [decision: string]: string } = {
  approved: 'Nobody decided in time, so it was approved by itself',
  rejected: 'Nobody decided in time, so it was rejected by itself',
  timed_out: 'Nobody decided in time, so the node failed',
}

/** `Ada approved this`, without a full stop: the time follows. */
export function decidedWords({ decision, by }: Decided): string {
  if (by === null) return 'The run ended before anybody decided'
  if (by.type === 'deadline') return byItself[decision] ?? 'Nobody decided in time'
  const who = by.name ?? (by.type === 'key' ? 'A program' : by.type === 'person' ? 'Somebody' : 'Baton')
  return `${who} ${verbs[decision] ?? 'decided this'}`
}
