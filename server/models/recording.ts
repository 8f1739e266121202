import { z } from 'zod'
import type { StepKind } from '@/engine/run/events'
import type { CassetteEntry } from '@/server/models/cassette'

const json = z.unknown().refine((value) => value !== undefined, 'is missing')
const count = z.number().nonnegative()
const text = z.string().max(10_000_000)
const record = z.record(z.string(), z.unknown())

const Answer = z.looseObject({
  text,
  toolCalls: z.array(z.looseObject({ id: z.string(), name: z.string(), arguments: json })),
  finish: z.enum(['stop', 'length', 'tools', 'refused']),
  usage: z.looseObject({ inputTokens: count, outputTokens: count }),
  model: z.string(),
  connection: z.string(),
  simulated: z.boolean(),
  cost: count.nullable(),
})
const Response = z.looseObject({ status: z.number(), headers: record, body: json })
const Code = z.looseObject({ value: json, logs: z.array(z.string()) })
const Child = z.looseObject({ runId: z.string() })

/** What a step of each kind answers. Whatever a tool says is right. */
const results: { readonly [kind in StepKind]?: z.ZodType } = {
  model: Answer,
  http: Response,
  code: Code,
  child: Child,
}

/** Null: a step of this kind can have answered that. */
export function resultProblem(kind: StepKind, result: unknown): string | null {
  const [issue] = results[kind]?.safeParse(result).error?.issues ?? []
  if (issue === undefined) return null
  return `${issue.path.length === 0 ? 'it' : issue.path.join('.')} ${issue.message.replace(/^Invalid input: /, '')}`
}

const failure = z.looseObject({ code: z.string(), message: z.string() })

/** How a child run ended, and what it used. */
export const ChildEnd = z.looseObject({
  end: z.discriminatedUnion('status', [
    z.looseObject({ status: z.literal('completed'), output: json }),
    z.looseObject({ status: z.literal('failed'), failure }),
    z.looseObject({ status: z.literal('cancelled'), failure }),
  ]),
  usage: z.looseObject({ inputTokens: count, outputTokens: count, cost: count.nullable(), steps: count }),
  simulated: z.boolean(),
})

const By = z.looseObject({ type: z.enum(['person', 'key', 'deadline', 'run', 'system']) })

/** What ended a wait. */
export const WaitEnd = z.discriminatedUnion('type', [
  z.looseObject({
    type: z.literal('decision'),
    decision: z.enum(['approved', 'rejected']),
    comment: z.string().optional(),
    by: By,
    fields: record.optional(),
    step: z.string().optional(),
  }),
  z.looseObject({ type: z.literal('timer') }),
  z.looseObject({ type: z.literal('child'), status: z.enum(['completed', 'failed', 'cancelled']) }),
])

const place = { path: z.string().max(2_000), requestHash: z.string().max(200) }
const more = { fields: z.record(z.string(), z.string()).optional(), request: record.optional() }
const Entry = z.union([
  z.strictObject({ ...place, ...more, step: z.string().regex(/^m\d+$/), result: Answer }),
  z.strictObject({ ...place, ...more, step: z.string().regex(/^wait\d+$/), result: WaitEnd }),
  // Logs of earlier versions say nothing of how it ended.
  z.strictObject({
    ...place,
    ...more,
    step: z
      .string()
      .max(500)
      .regex(/^used\./),
    result: ChildEnd.nullable(),
  }),
  z.strictObject({
    ...place,
    ...more,
    step: z
      .string()
      .max(500)
      .regex(/^(?!(?:m|wait)\d+$|used\.)/),
    result: json,
  }),
])

/** Names say what a step was: `m1` a model call, `wait1` a wait. What else there is is looked at when it is played. */
export const RecordedFile = z.strictObject({
  cassette: z.literal(1),
  runId: z.string().max(100).optional(),
  entries: z.array(z.unknown()).max(100_000).superRefine(checkEntries),
}) as unknown as z.ZodType<{ cassette: 1; runId?: string; entries: CassetteEntry[] }>

const mostProblems = 20

/** The union says only that none fits: the sort that the step names is the one to speak of. */
function checkEntries(entries: readonly unknown[], context: z.RefinementCtx): void {
  let found = 0
  for (const [index, entry] of entries.entries()) {
    if (Entry.safeParse(entry).success) continue
    found += 1
    if (found > mostProblems) return
    const [path, message] = problemOf(entry)
    context.addIssue({ code: 'custom', path: [index, ...path], message })
  }
}

function problemOf(entry: unknown): [readonly (string | number)[], string] {
  const step = typeof entry === 'object' && entry !== null && 'step' in entry ? String(entry.step) : ''
  const sort = Entry.options.find(({ shape }) => shape.step.safeParse(step).success) ?? Entry.options[3]
  const [issue] = sort.safeParse(entry).error?.issues ?? []
  const path = (issue?.path ?? []).filter((key) => typeof key !== 'symbol')
  return [path, issue === undefined ? 'is no recording' : `is no recording of a cassette: ${issue.message}`]
}
