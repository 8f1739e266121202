import type { LucideIcon } from 'lucide-react'
import type { JsonObject } from '@/engine/json'
import type { KindSpec } from '@/engine/kind/spec'

export type Family = KindSpec['family']

/** How a kind looks on a card, in a list, in a palette. */
export type KindView = {
  kind: string
  title: string
  family: Family
  icon: LucideIcon
  /** What others call it, for those who look for that. */
  words: string
  /** One line that says what this very node does; empty while its config can't be read. */
  line: (config: JsonObject) => string
}
export type KindViews = { readonly [kind: string]: KindView }

type Look<C> = { icon: LucideIcon; words: string; line: (config: C) => string }

/** `line` gets the config as its spec reads it; what can't be read yet (somebody is typing) has no line. */
export function defineView<C>(spec: KindSpec<C>, { icon, words, line }: Look<C>): KindView {
  const { kind, title, family } = spec
  return {
    kind,
    title,
    family,
    icon,
    words,
    line: (config) => {
      const reading = spec.config.safeParse(config)
      return reading.success ? line(reading.data) : ''
    },
  }
}
