import { route } from '@/server/api/http/route'
import { ApprovalDetail, GetApproval, getApproval } from '@/server/approvals/get-approval'
import { ApprovalList, ListApprovals, listApprovals } from '@/server/approvals/list-approvals'
import { DeadLetterView } from '@/server/dead-letters/dead-letter-view'
import { DismissDeadLetter, Dismissed, dismissDeadLetter } from '@/server/dead-letters/dismiss-dead-letter'
import { GetDeadLetter, getDeadLetter } from '@/server/dead-letters/get-dead-letter'
import { DeadLetterList, ListDeadLetters, listDeadLetters } from '@/server/dead-letters/list-dead-letters'
import { ListDeadRuns, listDeadRuns } from '@/server/dead-letters/list-dead-runs'
import { Retried, RetryDeadLetter, retryDeadLetter } from '@/server/dead-letters/retry-dead-letter'
import { RunList } from '@/server/runs/list-runs'

const approvals = 'Approvals'
const deadLetters = 'Dead letters'

/** What wants a person's attention. */
export const inboxRoutes = [
  route({
    method: 'GET',
    path: '/approvals',
    tag: approvals,
    summary: 'Lists everything that waits for a person, the longest waiting first.',
    input: ListApprovals,
    use: listApprovals,
    answers: { 200: { description: 'A page.', schema: ApprovalList } },
  }),
  route({
    method: 'GET',
    path: '/runs/{id}/approvals/{path}',
    tag: approvals,
    summary: 'What is or was asked at a place of a run, and how it was decided.',
    input: GetApproval,
    use: getApproval,
    answers: { 200: { description: 'The question.', schema: ApprovalDetail } },
  }),
  route({
    method: 'GET',
    path: '/dead-letters',
    tag: deadLetters,
    summary: 'Lists runs that failed or got stuck, grouped by cause.',
    input: ListDeadLetters,
    use: listDeadLetters,
    answers: { 200: { description: 'A page of causes.', schema: DeadLetterList } },
  }),
  route({
    method: 'GET',
    path: '/dead-letters/{cause}',
    tag: deadLetters,
    summary: 'One cause.',
    input: GetDeadLetter,
    use: getDeadLetter,
    answers: { 200: { description: 'The cause.', schema: DeadLetterView } },
  }),
  route({
    method: 'GET',
    path: '/dead-letters/{cause}/runs',
    tag: deadLetters,
    summary: 'The runs of a cause, the last one first.',
    input: ListDeadRuns,
    use: listDeadRuns,
    answers: { 200: { description: 'A page.', schema: RunList } },
  }),
  route({
    method: 'POST',
    path: '/dead-letters/{cause}/retry',
    tag: deadLetters,
    summary: 'Retries the failed runs of a cause, resumes the stuck ones; a part of them in one go.',
    input: RetryDeadLetter,
    use: retryDeadLetter,
    answers: { 200: { description: 'How many go on, and why others do not.', schema: Retried } },
  }),
  route({
    method: 'DELETE',
    path: '/dead-letters/{cause}',
    tag: deadLetters,
    summary: 'Takes the failed runs of a cause off the list. The runs stay.',
    input: DismissDeadLetter,
    use: dismissDeadLetter,
    answers: { 200: { description: 'How many.', schema: Dismissed } },
  }),
]
