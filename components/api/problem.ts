import { z } from 'zod'

export type ApiProblem = {
  code: string
  /** A sentence for the person who reads it. */
  detail: string
  problems: readonly FoundProblem[]
}
const Found = z.object({
  code: z.string(),
  message: z.string(),
  path: z.string().optional(),
  nodeId: z.string().optional(),
  field: z.string().optional(),
  severity: z.string().optional(),
})
export type FoundProblem = z.infer<typeof Found>

const Problem = z.object({ code: z.string(), detail: z.string(), problems: z.array(Found).optional() })

/** The call was answered by its procedure. */
const Answered = z.object({
  message: z.string(),
  /** A refusal in the shape that REST answers with; null for what nobody expected. */
  data: z.object({ code: z.string(), problem: Problem.nullish() }),
})

/** The call was turned away before it reached one: not signed in, another site, too large. */
const TurnedAway = z.object({ meta: z.object({ responseJSON: Problem }) })

/** What went wrong with a call, in words. A call that was never answered is the network's doing. */
export function problemOf(error: unknown): ApiProblem {
  const turnedAway = TurnedAway.safeParse(error)
  if (turnedAway.success) return withProblems(turnedAway.data.meta.responseJSON)
  const answered = Answered.safeParse(error)
  if (!answered.success) {
    return {
      code: 'network',
      detail: 'Baton can not be reached. Check that it is running, then try again.',
      problems: [],
    }
  }
  const { message, data } = answered.data
  return withProblems(data.problem ?? { code: data.code.toLowerCase(), detail: message })
}

const withProblems = ({ code, detail, problems }: z.infer<typeof Problem>): ApiProblem => ({
  code,
  detail,
  problems: problems ?? [],
})

export const isSignedOut = (error: unknown): boolean => problemOf(error).code === 'unauthorized'
export const isMissing = (error: unknown): boolean => problemOf(error).code === 'not_found'

/** A refusal stays one; a lost connection or a stumbling server may be better in a moment. */
export const worthRetrying = (error: unknown): boolean =>
  ['network', 'internal_server_error', 'unavailable', 'busy', 'rate_limited'].includes(problemOf(error).code)

/** The same as a sentence below the field, which need not say its own name. */
export function sentenceAt(problem: ApiProblem | null, path: string): string | undefined {
  const message = problemAt(problem, path)?.replace(/\.+$/, '')
  if (message === undefined) return undefined
  const name = `${path.slice(path.lastIndexOf('.') + 1)} `
  const said = message.startsWith(name) ? message.slice(name.length) : message
  return /^[a-z]/.test(said) ? `It ${said}.` : `${said}.`
}

/** The message for one field of a form. */
export const problemAt = (problem: ApiProblem | null, path: string): string | undefined =>
  problem?.problems.find((each) => each.path === path)?.message
