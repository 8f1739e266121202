import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Api, Run } from './api'
import { node } from './builder'

type Card = { status: string; words: string }

/** How every node stands on the canvas, and what its card says. */
const cardsOn = (page: Page): Promise<Record<string, Card>> =>
  page.evaluate(() =>
    Object.fromEntries(
      [...document.querySelectorAll('.react-flow__node[data-id]')].map((element) => {
        const face = element.querySelector('.node-card, .node-box')
        const status = /\brun-(idle|running|retrying|waiting|completed|failed|skipped|cancelled)\b/.exec(
          face?.className ?? '',
        )
        const words = element.querySelector('.node-card')?.textContent ?? ''
        return [element.getAttribute('data-id') ?? '', { status: status?.[1] ?? 'none', words }]
      }),
    ),
  )

/** What is seen of a run that is over: how each node outside of boxes stands, and the words and numbers on the cards. */
export async function seenOf(page: Page, run: Run) {
  const cards = await cardsOn(page)
  const outside = run.nodes.filter(({ path, id }) => path === id).map(({ id }) => id)
  return {
    statuses: Object.fromEntries(outside.map((id) => [id, cards[id]?.status])),
    words: Object.fromEntries(outside.map((id) => [id, cards[id]?.words])),
  }
}

/** A page shows a run that is over as the database has it: each node, what came out, and what a fresh page would show. */
export async function showsAsStored(page: Page, api: Api, id: string): Promise<void> {
  const run = await api.get<Run>(`/runs/${id}`)
  const stored = Object.fromEntries(
    run.nodes.filter(({ path, id }) => path === id).map(({ id: each, status }) => [each, status]),
  )
  await expect.poll(async () => (await seenOf(page, run)).statuses, { timeout: 10_000 }).toEqual(stored)
  const fresh = await page.context().newPage()
  await fresh.goto(`${api.origin}/runs/${id}`)
  await node(fresh, run.nodes[0]?.id ?? '').waitFor()
  await expect.poll(async () => (await seenOf(fresh, run)).statuses, { timeout: 10_000 }).toEqual(stored)
  expect((await seenOf(page, run)).words).toEqual((await seenOf(fresh, run)).words)
  await fresh.close()
}

/** The scrubber of a run page ends at the last event of the log. */
export async function holdsWholeLog(page: Page, api: Api, id: string): Promise<void> {
  const last = (await api.events(id)).at(-1)?.seq
  await expect.poll(() => page.getByText(/^event \d+ of \d+$/).textContent()).toBe(`event ${last} of ${last}`)
}
