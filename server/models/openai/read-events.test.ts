import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readEvents } from '@/server/models/openai/read-events'

type Event = { data: string; event: string | null }

async function eventsOf(pieces: Iterable<Uint8Array>): Promise<Event[]> {
  const events: Event[] = []
  const body = (async function* () {
    yield* pieces
  })()
  await readEvents(body, (data, event) => events.push({ data, event }))
  return events
}

const bytes = (text: string) => new TextEncoder().encode(text)
const dataOf = async (text: string) => (await eventsOf([bytes(text)])).map(({ data }) => data)

it('finds the same events wherever the bytes are cut, whichever line breaks are used', async () => {
  const eventArbitrary = fc.record({
    lines: fc.array(fc.string({ unit: 'grapheme', maxLength: 8 }), { minLength: 1, maxLength: 3 }),
    name: fc.option(fc.constantFrom('error', 'message')),
  })
  const cuts = fc.array(fc.nat(400), { maxLength: 12 })
  await fc.assert(
    fc.asyncProperty(
      fc.array(eventArbitrary, { maxLength: 6 }),
      fc.constantFrom('\n', '\r\n', '\r'),
      cuts,
      async (events, end, at) => {
        const clean = events.map(({ lines, name }) => ({
          name,
          lines: lines.map((line) => `.${line.replace(/[\r\n]/g, '')}`),
        }))
        const text = clean
          .map(({ lines, name }) =>
            [...(name ? [`event: ${name}`] : []), ...lines.map((line) => `data: ${line}`), '', ''].join(end),
          )
          .join('')
        const all = bytes(text)
        const marks = [0, ...at.filter((mark) => mark < all.length).sort((a, b) => a - b), all.length]
        const pieces = marks.slice(1).map((mark, index) => all.slice(marks[index], mark))
        expect(await eventsOf(pieces)).toEqual(
          clean.map(({ lines, name }) => ({ data: lines.join('\n'), event: name })),
        )
      },
    ),
  )
})

it('stops at [DONE], whatever follows', async () => {
  expect(await dataOf('data: 1\n\ndata: [DONE]\n\ndata: 2\n\n')).toEqual(['1'])
})

it('takes the last event although the line breaks behind it are missing', async () => {
  expect(await dataOf('data: 1\n\ndata: 2')).toEqual(['1', '2'])
})

it('passes over comments and fields it does not know', async () => {
  expect(await dataOf(': keep-alive\n\nid: 7\nretry: 10\ndata:1\n\n')).toEqual(['1'])
})
