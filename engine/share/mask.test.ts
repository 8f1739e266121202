import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { isJsonObject, type Json } from '@/engine/json'
import { createMask } from './mask'
import { namesIn } from './mask/names'
import { passesLuhn, passesMod97 } from './mask/numbers'

const mask = createMask({ known: [{ text: 'open-sesame', label: 'secret door' }], patterns: true })

const digits = (length: number) => fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const random = (min: number, max: number) =>
  fc.array(fc.constantFrom(...alphabet), { minLength: min, maxLength: max }).map((signs) => `${signs.join('')}7q4Z`)

const card = fc
  .tuple(fc.constantFrom('4', '5', '37', '6011'), digits(12), fc.constantFrom('', ' ', '-'))
  .map(([head, rest, gap]) => {
    const body = `${head}${rest.join('')}`.slice(0, 15)
    const check = [...'0123456789'].find((digit) => passesLuhn(body + digit)) ?? '0'
    return (body + check).replace(/(.{4})(?=.)/g, `$1${gap}`)
  })
const iban = fc.tuple(digits(18), fc.constantFrom('', ' ')).map(([body, gap]) => {
  const bban = body.join('')
  const check = Array.from({ length: 97 }, (_, n) => String(n + 2).padStart(2, '0')).find((n) =>
    passesMod97(`DE${n}${bban}`),
  )
  return `DE${check ?? '00'}${bban}`.replace(/(.{4})(?=.)/g, `$1${gap}`)
})
const phone = fc.oneof(
  digits(7).map((rest) => `+49 170 ${rest.join('')}`),
  digits(4).map((rest) => `(202) 555-${rest.join('')}`),
  digits(4).map((rest) => `202-555-${rest.join('')}`),
  digits(7).map((rest) => `0170 ${rest.join('')}`),
  digits(10).map((rest) => `+1${rest.join('')}`),
)
const email = fc
  .tuple(fc.constantFrom('ada', 'grace.hopper', 'jürgen', 'a+b'), fc.constantFrom('example.org', 'mail.example.co.uk'))
  .map(([who, host]) => `${who}@${host}`)
const key = fc.oneof(
  random(20, 40).map((rest) => `sk-${rest}`),
  random(20, 40).map((rest) => `sk-proj-${rest}`),
  random(30, 36).map((rest) => `ghp_${rest}`),
  fc
    .array(fc.constantFrom(...'ABCDEFGHIJ234567'), { minLength: 16, maxLength: 16 })
    .map((rest) => `AKIA${rest.join('')}`),
  random(10, 20).map((rest) => `xoxb-123456789012-${rest}`),
  fc.tuple(random(20, 30), random(20, 30)).map(([a, b]) => `eyJhbGciOiJIUzI1NiJ9.eyJ${a}.${b}`),
  random(40, 60),
)
const planted = fc.oneof(card, iban, phone, email, key, fc.constant('open-sesame'))
const words = fc.lorem({ maxCount: 8 })

describe('what is masked', () => {
  test.each([
    ['Write to ada@example.org.', 'Write to [email].'],
    ['mailto:ada%40example.org', 'mailto:[email]'],
    ['Call +49 (0)170 1234567 now', 'Call [phone] now'],
    ['phone number is 5551234', 'phone number is [phone]'],
    ['Card 4111 1111 1111 1111 12/27, thanks', 'Card [card] 12/27, thanks'],
    ['IBAN DE89 3704 0044 0532 0130 00 is mine', 'IBAN [iban] is mine'],
    ['to gb82west12345698765432', 'to [iban]'],
    ['Authorization: Bearer abc.def123456', 'Authorization: Bearer [key]'],
    ['password=hunter2 and more', 'password=[key] and more'],
    ['postgres://baton:hush-hush@db/x', 'postgres://[key]@db/x'],
    ['say open-sesame to it', 'say [secret door] to it'],
    ['-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----\nafter', '[key]\nafter'],
  ])('%s', (text, masked) => {
    expect(mask.text(text)).toBe(masked)
  })

  test.each([
    'On 2026-11-21 02:44:28 it had 1,234,567.89 of 12.345.678 at 0.123456789.',
    'Version 10.15.7 of team-of-agents-2026-edition, chapter 3.2.1, pages 100-120',
    'Basic understanding of global-warming-effects and risk-management-systems',
    'The secretary: Maria. Token: a piece of text. 3 x 1000000 = 3000000',
    'https://example.org/articles/2026/11/how-to-write-a-brief-that-people-read',
    '6f9619ff-8b86-4011-b42d-00c04fc964ff',
    'She came 10 minutes late (at 09.05.2026) @ the office',
  ])('leaves alone: %s', (text) => {
    expect(mask.text(text)).toBe(text)
  })

  it('finds whatever is planted, wherever it stands among words', () => {
    fc.assert(
      fc.property(words, planted, words, (before, secret, after) => {
        expect(mask.text(`${before} ${secret} ${after}`)).not.toContain(secret)
        expect(mask.text(`(${secret})`)).not.toContain(secret)
        expect(mask.text(`"${secret}",`)).not.toContain(secret)
      }),
      { numRuns: 500 },
    )
  })

  it('says the same when it is asked twice', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'grapheme', maxLength: 200 }), planted, words), (text) => {
        expect(mask.text(mask.text(text))).toBe(mask.text(text))
      }),
    )
  })

  it('only looks for secrets where patterns are off', () => {
    const secretsOnly = createMask({ known: [{ text: 'open-sesame', label: 'secret' }], patterns: false })
    expect(secretsOnly.text('open-sesame ada@example.org')).toBe('[secret] ada@example.org')
  })
})

describe('names of what is not shared', () => {
  const names = createMask({
    known: [],
    patterns: false,
    names: { words: new Set(['order-4711-b', 'canary-prompt']), label: 'not shared' },
  })

  it('are cut out wherever they stand, however they are written', () => {
    expect(names.text('See ORDER-4711-b, (Canary-Prompt) and order-4711-bc.')).toBe(
      'See [not shared], ([not shared]) and order-4711-bc.',
    )
  })

  it('are words that no text has by itself', () => {
    expect(namesIn('The quick-brown-fox of 2026-11-21 sent ORDER-4711-B to CANARY-PROMPT and user_name_x')).toEqual([
      'order-4711-b',
      'canary-prompt',
      'user_name_x',
    ])
  })
})

describe('data', () => {
  const textsIn = (value: Json): string[] =>
    Array.isArray(value)
      ? value.flatMap(textsIn)
      : isJsonObject(value)
        ? Object.entries(value).flatMap(([name, inner]) => [name, ...textsIn(inner)])
        : [String(value)]

  it('is masked in its keys, texts and numbers at any depth, and keeps its shape', () => {
    fc.assert(
      fc.property(planted, fc.jsonValue({ maxDepth: 3 }), (secret, other) => {
        const masked = mask.value({ a: [{ [secret]: secret }, { deep: [secret] }], other: other as Json })
        expect(textsIn(masked).join('\n')).not.toContain(secret)
        expect(Object.keys(masked as object)).toEqual(['a', 'other'])
      }),
    )
  })

  it('knows numbers that are cards, and fields that say what they hold', () => {
    expect(
      mask.value({ n: 4111111111111111, phone: '2025550143', password: 'correct horse', inputTokens: 1234567 }),
    ).toEqual({
      n: '[card]',
      phone: '[phone]',
      password: '[key]',
      inputTokens: 1234567,
    })
  })

  it('keeps both of two keys that look alike afterwards', () => {
    expect(Object.values(mask.value({ 'a@b.io': 1, 'c@d.io': 2 }) as object)).toEqual([1, 2])
  })
})

describe('a text that is still growing', () => {
  const piece = fc.oneof(words, planted, fc.string({ unit: 'grapheme', maxLength: 20 }))
  const text = fc.array(piece, { minLength: 1, maxLength: 6 }).map((pieces) => pieces.join(' '))

  it('never shows in a piece what it does not show as a whole', () => {
    fc.assert(
      fc.property(text, fc.nat({ max: 400 }), (whole, at) => {
        const heard = whole.slice(0, at)
        const said = mask.text(heard.slice(0, mask.settled(heard)))
        expect(mask.text(whole).startsWith(said)).toBe(true)
      }),
      { numRuns: 2_000 },
    )
  })

  it('shows all but the last words of plain text', () => {
    const plain = 'The quick brown fox jumps over the lazy dog'
    expect(plain.slice(0, mask.settled(plain))).toBe('The quick brown fox jumps over the lazy')
  })

  it('holds a secret of several words back until it is over', () => {
    const secret = createMask({ known: [{ text: 'correct horse battery staple', label: 'secret' }], patterns: true })
    for (let end = 1; end <= 60; end++) {
      const heard = 'it is correct horse battery staple and that is it'.slice(0, end)
      expect('it is [secret] and that is it').toContain(secret.text(heard.slice(0, secret.settled(heard))))
    }
  })
})

it.each([
  ['digits', '1234567890'],
  ['groups', '12-34 '],
  ['signs', '@.@-'],
  ['letters', 'aA1'],
  ['keys', 'sk-eyJ'],
  ['starts of keys', '-----BEGIN PRIVATE KEY-----'],
  ['announcements', 'password: token='],
  ['accounts', 'DE89'],
  ['addresses', 'http://a:'],
])('takes a time in proportion to the text, also of %s', (_, unit) => {
  const timeOf = (length: number) => {
    const text = unit.repeat(Math.ceil(length / unit.length))
    const from = performance.now()
    mask.text(text)
    return performance.now() - from
  }
  timeOf(10_000)
  expect(timeOf(400_000)).toBeLessThan(4_000)
})
