import { z } from 'zod'

const flag = (normally: boolean, says: string) => z.boolean().default(normally).describe(says)

/** What of a run leaves with a link. Whatever is off is not in anything that the link serves. */
export const ShareInclude = z.strictObject({
  input: flag(false, 'What the run was started with.'),
  prompts: flag(false, 'Instructions, prompts and settings of the nodes, and what models were asked.'),
  outputs: flag(true, 'What nodes, models and tools answered, and the result.'),
  costs: flag(false, 'Money, tokens, names of models and budgets.'),
  toolArguments: flag(false, 'What tools and web addresses were called with.'),
  timeline: flag(true, 'When each step happened and how long it took.'),
})
export type ShareInclude = z.infer<typeof ShareInclude>

/** An origin as a browser names it: `https://example.org`, with a port where there is one. */
const Origin = z
  .string()
  .max(300)
  .regex(/^https?:\/\/[a-z0-9.-]+(:\d{1,5})?$/i, 'must be an origin like https://example.org, without a path')
  .transform((text) => new URL(text).origin)

export const sharePassword = z.string().min(8).max(200)

/** What a link may be made with; `{}` is enough. */
export const ShareOptions = z.strictObject({
  include: ShareInclude.prefault({}),
  hide: z
    .array(z.string().min(1).max(500))
    .max(500)
    .default([])
    .describe('Nodes that are shown blank: ids of nodes, or paths of a run such as `each[3]/write`.'),
  mask: flag(true, 'Replaces e-mail addresses, phone numbers, cards, IBANs, keys and tokens. Secrets always are.'),
  showAuthor: flag(false, 'Says who shared it and who decided where a person was asked.'),
  expiresAt: z.iso.datetime({ offset: true }).optional().describe('The link ends at this time.'),
  expiresInHours: z.number().positive().max(87_600).optional().describe('The link ends after so many hours.'),
  password: sharePassword.optional(),
  embedOrigins: z.array(Origin).max(20).default([]).describe('Sites that may show it in a frame.'),
})
export type ShareOptions = z.infer<typeof ShareOptions>

/** What decides about the projection: kept with the link, and shown to whoever opens it. */
export const ShownOptions = ShareOptions.pick({ include: true, hide: true, mask: true, showAuthor: true })
export type ShownOptions = z.infer<typeof ShownOptions>
