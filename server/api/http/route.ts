import type { IncomingMessage, ServerResponse } from 'node:http'
import type { z } from 'zod'
import type { Reply } from '@/server/api/http/answer'
import type { Actor } from '@/server/people/actor'
import { done, type Outcome } from '@/server/refusal'
import type { Deps, UseCase } from '@/server/use-case'

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** What the document says of one possible answer. */
export type AnswerDoc = { description: string; schema?: z.ZodType; media?: string }

type Doc = {
  method: Method
  /** Below `/api/v1`; `{id}` is one URL-encoded segment. */
  path: string
  summary: string
  tag: string
  answers: { readonly [status: number]: AnswerDoc }
}

export type Exchange = {
  request: IncomingMessage
  response: ServerResponse
  actor: Actor
  input: unknown
  params: { readonly [name: string]: string }
}

/**
 * Two sorts: most routes parse one input (path, query and body together) and call one use case. `raw` ones deal with the
 * exchange themselves: streams, files, pages for machines.
 */
export type Route = Doc & {
  input: z.ZodObject | null
} & (
    | { sort: 'use-case'; run: (deps: Deps, actor: Actor, input: unknown) => Promise<Outcome<Reply>> }
    | {
        sort: 'raw'
        body: { media: string; description: string } | null
        run: (deps: Deps, exchange: Exchange) => Promise<void>
      }
  )

type UseCaseRoute<S extends z.ZodObject, O> = Doc & {
  input: S
  use: UseCase<z.infer<S>, O>
  reply?: (value: O) => Reply
}

/** 204 for what has nothing to say, else 200. */
const plainReply = (value: unknown): Reply => ({ status: value === null ? 204 : 200, body: value })

/** The input of `run` has been parsed by `input`, which only a type can't say once routes of all kinds stand in one table. */
export function route<S extends z.ZodObject, O>({ use, reply = plainReply, ...doc }: UseCaseRoute<S, O>): Route {
  return {
    ...doc,
    sort: 'use-case',
    run: async (deps, actor, input) => {
      const outcome = await use(deps, actor, input as z.infer<S>)
      return outcome.ok ? done(reply(outcome.value)) : outcome
    },
  }
}

export const rawRoute = (
  raw: Doc & {
    input?: z.ZodObject
    body?: { media: string; description: string }
    run: (deps: Deps, exchange: Exchange) => Promise<void>
  },
): Route => ({
  ...raw,
  sort: 'raw',
  input: raw.input ?? null,
  body: raw.body ?? null,
})
