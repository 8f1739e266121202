import { type JsonObject, own } from '@/engine/json'
import { compilePattern, numberIn } from '@/engine/schema/schema-rules'
import type { Chance } from '@/server/models/simulated/chance'
import { matchingText } from '@/server/models/simulated/matching-text'
import { fill, writeProse } from '@/server/models/simulated/prose'
import { capital, keywordsOf, type Reading } from '@/server/models/simulated/reading'

type Making = { reading: Reading; chance: Chance }

const formats: Readonly<Record<string, string>> = {
  date: '2026-01-15',
  'date-time': '2026-01-15T09:00:00Z',
  time: '09:00:00Z',
  duration: 'P1D',
  email: 'someone@example.com',
  uri: 'https://example.com/',
  url: 'https://example.com/',
  hostname: 'example.com',
  ipv4: '192.0.2.1',
  uuid: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
}

const sentences: readonly [string, ...string[]] = [
  '{T} comes down to {a} first, then {b}.',
  'What matters here is {a}, seen from the side of {b}.',
  'The link between {a} and {b} is what makes {t} work.',
  'One concrete example of {a} would settle most questions about {c}.',
]

const sayings: readonly [string, ...string[]] = [
  'On {t}: {a} first, then the rest.',
  'Let us take {t} step by step.',
  'This is how we go about {t}.',
]

/** Arithmetic in the prompt, else something made of its numbers. */
export function arithmeticIn(text: string): string {
  const written = text.match(/\d[\d.]{0,15}(?:\s{0,3}[-+*/×÷]\s{0,3}\(?\d[\d.]{0,15}\)?)+/)?.[0]
  if (written) return written.replaceAll('×', '*').replaceAll('÷', '/')
  const numbers = text.match(/\b\d+(?:\.\d+)?\b/g)?.slice(0, 3) ?? []
  return numbers.length > 1 ? numbers.join(' + ') : `${numbers[0] ?? '6'} * 7`
}

export const urlIn = (text: string): string | undefined =>
  text.match(/https?:\/\/[^\s"'<>)\]}]+[^\s"'<>)\]}.,;:!?]/)?.[0]

/** By name, where a name says what belongs there. */
function byName(name: string, { reading, chance }: Making): string {
  const { topic, keywords, prompt } = reading
  if (/^(url|uri|link|href|endpoint)$/i.test(name)) return urlIn(prompt) ?? 'https://example.com/'
  if (/^(expression|formula|calculation)$/i.test(name)) return arithmeticIn(prompt)
  if (/^(code|source|script)$/i.test(name)) return 'return { ok: true }'
  if (/^(tz|time_?zone)$/i.test(name)) return 'UTC'
  if (/e-?mail/i.test(name))
    return prompt.match(/[\w.+-]{1,64}@[\w-]{1,64}\.[\w.]{1,64}\w/)?.[0] ?? 'someone@example.com'
  if (/^(title|headline|heading|subject)$/i.test(name)) return capital(topic)
  if (/^(query|q|search|topic|question|term)$/i.test(name)) return topic
  if (/^(tag|keyword|label|category|word|name|term|slug|key|id)$/i.test(name)) {
    return chance.pick<string>([keywords[0], ...keywords.slice(1), ...keywordsOf(prompt)])
  }
  if (/^(task|instructions?|request|todo|action)$/i.test(name)) {
    return fill(
      chance.pick([
        'Work on {t}: start with {a}, then cover {b}.',
        'Take {t} and turn it into something a reader can use; mind {a}.',
      ]),
      reading,
    )
  }
  if (/^(finish|final|result|answer|text|body|content|draft|report|article)$/i.test(name))
    return writeProse(reading, chance)
  return fill(chance.pick(/^say$/i.test(name) ? sayings : sentences), reading)
}

/** A schema may ask for any length; it doesn't get more than this. */
const longest = 20_000

export function writeField(schema: JsonObject, name: string, making: Making): string {
  const pattern = own(schema, 'pattern')
  const format = own(schema, 'format')
  const least = Math.min(numberIn(schema, 'minLength') ?? 0, longest)
  const most = numberIn(schema, 'maxLength') ?? Number.POSITIVE_INFINITY
  const fixed = typeof format === 'string' ? own(formats, format) : undefined
  const plain = fitLength(fixed ?? byName(name, making), least, most)
  if (typeof pattern !== 'string') return plain
  const compiled = compilePattern(pattern)
  if (compiled === null || compiled.matcher(plain).find()) return plain
  return matchingText(pattern, { least, most, chance: making.chance }) ?? plain
}

/** Cut at a word where one fits, padded with whole words. */
function fitLength(text: string, least: number, most: number): string {
  let characters = [...text]
  while (characters.length < least) characters = [...characters, ' ', ...text]
  if (characters.length > most) {
    const cut = characters.slice(0, most).join('')
    const atWord = cut.slice(0, Math.max(cut.lastIndexOf(' '), 0)).replace(/[\s,;:]+$/, '')
    return [...atWord].length >= Math.max(least, 1) ? atWord : cut
  }
  return characters.join('')
}
