import { initTRPC, TRPCError } from '@trpc/server'
import type { TRPC_ERROR_CODE_KEY } from '@trpc/server/rpc'
import type { z } from 'zod'
import { type Problem, type ProblemCode, problemOf, problemOfRefusal, statusOfCode } from '@/server/api/http/problem'
import { problemsOf } from '@/server/api/http/read-input'
import type { Actor } from '@/server/people/actor'
import { done, type Refusal } from '@/server/refusal'
import { type Deps, refusalOf, type UseCase } from '@/server/use-case'

export type Context = { deps: Deps; actor: Actor }

/** Carries a refusal through tRPC; the formatter makes it the same problem that REST answers with. */
class Refused extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.detail)
    this.problem = problem
  }
}

const trpc = initTRPC.context<Context>().create({
  errorFormatter: ({ shape, error }) => {
    const problem = error.cause instanceof Refused ? error.cause.problem : null
    const { code, httpStatus } = shape.data
    // No stack and no text of an unexpected error leaves the server.
    const message =
      problem?.detail ??
      (error.code === 'INTERNAL_SERVER_ERROR' ? 'Something went wrong on the server.' : shape.message)
    return { ...shape, message, data: { code, httpStatus, problem } }
  },
})

export const router = trpc.router

const codeOfStatus: Record<number, TRPC_ERROR_CODE_KEY> = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_SUPPORTED',
  409: 'CONFLICT',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  422: 'UNPROCESSABLE_CONTENT',
  429: 'TOO_MANY_REQUESTS',
  503: 'SERVICE_UNAVAILABLE',
}

export const trpcCode = (code: ProblemCode): TRPC_ERROR_CODE_KEY =>
  codeOfStatus[statusOfCode[code]] ?? 'INTERNAL_SERVER_ERROR'

const refused = (problem: Problem) =>
  new TRPCError({ code: trpcCode(problem.code), message: problem.detail, cause: new Refused(problem) })

/** The same schemas and use cases as REST. */
export const query = <S extends z.ZodType, O>(schema: S, use: UseCase<z.infer<S>, O>) =>
  trpc.procedure.input(givenFor(schema)).query(({ ctx, input }) => call(ctx, use, parse(schema, input)))

export const mutation = <S extends z.ZodType, O>(schema: S, use: UseCase<z.infer<S>, O>) =>
  trpc.procedure.input(givenFor(schema)).mutation(({ ctx, input }) => call(ctx, use, parse(schema, input)))

/** A use case whose value is told in another shape. */
export const answering =
  <I, A, B>(use: UseCase<I, A>, tell: (value: A) => B): UseCase<I, B> =>
  async (deps, actor, input) => {
    const outcome = await use(deps, actor, input)
    return outcome.ok ? done(tell(outcome.value)) : outcome
  }

/** What needs no input may be called without any. */
type Given<S extends z.ZodType> = string extends keyof z.input<S> ? z.input<S> | undefined : z.input<S>

/** Only the type: a refusal from within a parser of tRPC would come out as its own, without our problem. */
const givenFor =
  <S extends z.ZodType>(_schema: S) =>
  (given: unknown) =>
    given as Given<S>

function parse<S extends z.ZodType>(schema: S, given: unknown): z.infer<S> {
  const parsed = schema.safeParse(given ?? {})
  if (parsed.success) return parsed.data
  const problems = problemsOf(schema, given ?? {}, parsed.error)
  throw refused(problemOf('invalid_input', problems[0]?.message ?? 'The request is not valid.', { problems }))
}

async function call<I, O>({ deps, actor }: Context, use: UseCase<I, O>, input: I): Promise<O> {
  const outcome = await use(deps, actor, input).catch((error: unknown): Refusal => {
    const refusal = refusalOf(error)
    if (refusal) return refusal
    throw error
  })
  if (outcome.ok) return outcome.value
  throw refused(problemOfRefusal(outcome))
}
