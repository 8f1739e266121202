import { z } from 'zod'
import type { Reply } from '@/server/api/http/answer'
import { answerEvents } from '@/server/api/http/events'
import { rawRoute, route } from '@/server/api/http/route'
import { CancelRun, cancelRun } from '@/server/runs/cancel-run'
import { DecideRun, decideRun } from '@/server/runs/decide-run'
import { EventPage } from '@/server/runs/event-view'
import { ForkRun, forkRun } from '@/server/runs/fork-run'
import { CassetteFile, GetCassette, getCassette } from '@/server/runs/get-cassette'
import { GetPayload, getPayload } from '@/server/runs/get-payload'
import { GetRun, getRun } from '@/server/runs/get-run'
import { getRunGraph, RunGraphView } from '@/server/runs/get-run-graph'
import type { Started } from '@/server/runs/launch'
import { ListEvents } from '@/server/runs/list-events'
import { ListRuns, listRuns, RunList } from '@/server/runs/list-runs'
import { PauseRun, pauseRun } from '@/server/runs/pause-run'
import { ResumeRun, resumeRun } from '@/server/runs/resume-run'
import { RetryRun, retryRun } from '@/server/runs/retry-run'
import { RunAlone, runAlone } from '@/server/runs/run-alone'
import { RunGraph, runGraph } from '@/server/runs/run-graph'
import { RunView } from '@/server/runs/run-view'
import { AcceptedRun, StartRun, startedBody, startRun } from '@/server/runs/start-run'

const tag = 'Runs'

const startedReply = (started: Started): Reply => ({
  status: started.type === 'settled' ? 200 : 202,
  body: startedBody(started),
})
const startAnswers = {
  200: { description: 'It was waited for: over, paused, or waiting for a person.', schema: RunView },
  202: {
    description: 'Accepted; with `wait`, the run as it is at the deadline.',
    schema: z.union([AcceptedRun, RunView]),
  },
}
const accepted = (body: unknown): Reply => ({ status: 202, body })
const acceptedAnswers = { 202: { description: 'On disk; takes effect at once.', schema: AcceptedRun } }

export const runRoutes = [
  route({
    method: 'POST',
    path: '/workflows/{id}/runs',
    tag,
    summary: 'Runs a workflow.',
    input: StartRun,
    use: startRun,
    reply: startedReply,
    answers: startAnswers,
  }),
  route({
    method: 'POST',
    path: '/workflows/{id}/nodes/{node}/run',
    tag,
    summary: 'Runs one node of the draft by itself, with given values for what it refers to.',
    input: RunAlone,
    use: runAlone,
    reply: startedReply,
    answers: startAnswers,
  }),
  route({
    method: 'POST',
    path: '/runs',
    tag,
    summary: 'Runs a graph that belongs to no workflow.',
    input: RunGraph,
    use: runGraph,
    reply: startedReply,
    answers: startAnswers,
  }),
  route({
    method: 'GET',
    path: '/runs',
    tag,
    summary: 'Lists runs, the newest first.',
    input: ListRuns,
    use: listRuns,
    answers: { 200: { description: 'A page.', schema: RunList } },
  }),
  route({
    method: 'GET',
    path: '/runs/{id}',
    tag,
    summary: 'A whole run.',
    input: GetRun,
    use: getRun,
    answers: { 200: { description: 'The run.', schema: RunView } },
  }),
  route({
    method: 'GET',
    path: '/runs/{id}/graph',
    tag,
    summary: 'The exact graph that a run runs.',
    input: GetRun,
    use: getRunGraph,
    answers: { 200: { description: 'The graph and where it comes from.', schema: RunGraphView } },
  }),
  rawRoute({
    method: 'GET',
    path: '/runs/{id}/events',
    tag,
    summary: 'The log, 1,000 events a page; followed live with `Accept: text/event-stream`.',
    input: ListEvents,
    run: answerEvents,
    answers: { 200: { description: 'A page.', schema: EventPage } },
  }),
  route({
    method: 'GET',
    path: '/runs/{id}/payloads/{hash}',
    tag,
    summary: 'A value of the log, whole.',
    input: GetPayload,
    use: getPayload,
    answers: { 200: { description: 'The value.', schema: z.object({ value: z.unknown() }) } },
  }),
  route({
    method: 'GET',
    path: '/runs/{id}/cassette',
    tag,
    summary: 'The recordings of a run, for replays.',
    input: GetCassette,
    use: getCassette,
    answers: { 200: { description: 'The cassette.', schema: CassetteFile } },
  }),
  route({
    method: 'POST',
    path: '/runs/{id}/cancel',
    tag,
    summary: 'Stops a run for good.',
    input: CancelRun,
    use: cancelRun,
    reply: accepted,
    answers: acceptedAnswers,
  }),
  route({
    method: 'POST',
    path: '/runs/{id}/pause',
    tag,
    summary: 'Lets nothing new start.',
    input: PauseRun,
    use: pauseRun,
    reply: accepted,
    answers: acceptedAnswers,
  }),
  route({
    method: 'POST',
    path: '/runs/{id}/resume',
    tag,
    summary: 'Lets a paused run go on, perhaps with a raised budget.',
    input: ResumeRun,
    use: resumeRun,
    reply: accepted,
    answers: acceptedAnswers,
  }),
  route({
    method: 'POST',
    path: '/runs/{id}/retry',
    tag,
    summary: 'Tries again what failed, in the same run; recorded steps stay.',
    input: RetryRun,
    use: retryRun,
    reply: accepted,
    answers: acceptedAnswers,
  }),
  route({
    method: 'POST',
    path: '/runs/{id}/fork',
    tag,
    summary: 'A new run that takes over what had happened.',
    input: ForkRun,
    use: forkRun,
    reply: startedReply,
    answers: startAnswers,
  }),
  route({
    method: 'POST',
    path: '/runs/{id}/approvals/{path}',
    tag,
    summary: 'Decides where a run waits for a person. The first decision counts.',
    input: DecideRun,
    use: decideRun,
    reply: accepted,
    answers: acceptedAnswers,
  }),
]
