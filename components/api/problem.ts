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

const Answered = z.object({
  message: z.string(),
  data: z.object({
    code: z.string(),
    /** A refusal in the shape that REST answers with; null for what nobody expected. */
    problem: z.object({ code: z.string(), detail: z.string(), problems: z.array(Found).optional() }).nullish(),
  }),
})

/** What went wrong with a call, in words. A call that was never answered is the network's doing. */
export function problemOf(error: unknown): ApiProblem {
  const answered = Answered.safeParse(error)
  if (!answered.success) {
    return {
      code: 'network',
      detail: 'Baton can not be reached. Check that it is running, then try again.',
      problems: [],
    }
  }
  const { message, data } = answered.data
  const { code, detail, problems } = data.problem ?? { code: data.code.toLowerCase(), detail: message }
  return { code, detail, problems: problems ?? [] }
}

export const isSignedOut = (error: unknown): boolean => problemOf(error).code === 'unauthorized'
export const isMissing = (error: unknown): boolean => problemOf(error).code === 'not_found'

/** A refusal stays one; a lost connection or a stumbling server may be better in a moment. */
export const worthRetrying = (error: unknown): boolean =>
  ['network', 'internal_server_error', 'unavailable', 'busy'].includes(problemOf(error).code)

/** The message for one field of a form. */
export const problemAt = (problem: ApiProblem | null, path: string): string | undefined =>
  problem?.problems.find((each) => each.path === path)?.message
