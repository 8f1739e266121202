import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { projectRoot } from '@/server/project-root'
import { look } from './visit'

const source = readFileSync(path.join(projectRoot, 'node_modules/axe-core/axe.min.js'), 'utf8')

type Found = { id: string; impact: string | null; help: string; nodes: { html: string; target: unknown }[] }

/** What axe calls serious or critical on the page as it is now, with the places. */
async function seriousProblems(page: Page): Promise<string[]> {
  // Said to the browser itself, so that no rule of the page about scripts stands in the way.
  await page.evaluate(source)
  const found = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run: (options: object) => Promise<{ violations: Found[] }> } }
    return (await axe.run({ resultTypes: ['violations'] })).violations
  })
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, help, nodes }) =>
      nodes.map(({ html, target }) => `${id}: ${help}: ${target} ${html.slice(0, 200)}`),
    )
}

/** Keeps a picture, and makes sure that nothing sticks out and that everybody can use what is there. */
export async function inspect(page: Page, name: string): Promise<void> {
  await look(page, `axe-${name}`)
  expect.soft(await seriousProblems(page), name).toEqual([])
}
