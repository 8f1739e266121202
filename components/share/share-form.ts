import type { z } from 'zod'
import { ShareInclude, ShareOptions } from '@/engine/share/options'

/** What somebody chose in the dialog, also while it is not right yet. */
export type ShareForm = {
  include: ShareInclude
  hide: readonly string[]
  mask: boolean
  showAuthor: boolean
  expires: Expiry
  password: string
  /** One origin a line. */
  embedOrigins: string
}

export const expiries = ['never', '1', '24', '168', '720'] as const
export type Expiry = (typeof expiries)[number]

export const newForm = (): ShareForm => ({
  include: ShareInclude.parse({}),
  hide: [],
  mask: true,
  showAuthor: false,
  expires: 'never',
  password: '',
  embedOrigins: '',
})

export type FormProblems = { readonly [field in 'password' | 'embedOrigins']?: string }
export type ReadForm = { options: z.input<typeof ShareOptions>; problems: FormProblems }

const originsIn = (text: string): string[] =>
  text
    .split(/[\s,]+/)
    .map((origin) => origin.replace(/\/+$/, ''))
    .filter((origin) => origin !== '')

/** The options that the form stands for, and what is to be put right first. */
export function readForm({ include, hide, mask, showAuthor, expires, password, embedOrigins }: ShareForm): ReadForm {
  const shown = { include, hide: [...hide], mask, showAuthor }
  const options = {
    ...shown,
    embedOrigins: originsIn(embedOrigins),
    ...(expires !== 'never' && { expiresInHours: Number(expires) }),
    ...(password !== '' && { password }),
  }
  const read = ShareOptions.safeParse(options)
  const wrong = new Set(read.error?.issues.map(({ path }) => path[0]))
  return {
    options,
    problems: {
      ...(wrong.has('password') && { password: 'At least 8 characters, so that nobody guesses it.' }),
      ...(wrong.has('embedOrigins') && {
        embedOrigins: 'One address a line, at most 20, like https://example.org, without a path.',
      }),
    },
  }
}

/** What decides about the preview: everything else only says who may see it. */
export const shownBy = ({ include, hide, mask, showAuthor }: ShareForm) => ({
  include,
  hide: [...hide],
  mask,
  showAuthor,
})
