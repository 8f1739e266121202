import type { Browser, Page } from 'playwright-core'
import type { RunningBaton } from '@/e2e/testing/baton'
import type { Graph } from '@/engine/graph/schema'

export const empty: Graph = { baton: 1, name: 'A team', nodes: [], edges: [] }

/** A page that is signed in, in a browser profile of its own. */
export async function signIn(browser: Browser, baton: RunningBaton, link: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  await page.goto(link)
  const confirm = page.getByRole('button')
  if ((await confirm.count()) > 0) await confirm.first().click()
  await page.waitForURL(`${baton.origin}/`)
  return page
}

export const linkIn = (output: string): string => {
  const link = /http\S+\/sign-in\S+/.exec(output)?.[0]
  if (link === undefined) throw new Error(`Baton printed no sign-in link:\n${output}`)
  return link
}

export async function addWorkflow(page: Page, baton: Pick<RunningBaton, 'origin'>, graph: Graph): Promise<string> {
  const answer = await page.request.post(`${baton.origin}/api/v1/workflows`, {
    data: { graph },
    headers: { origin: baton.origin },
  })
  if (!answer.ok()) throw new Error(`The workflow was not added: ${await answer.text()}`)
  return ((await answer.json()) as { id: string }).id
}

/** What the server has of a workflow. */
export async function savedGraph(page: Page, baton: Pick<RunningBaton, 'origin'>, id: string): Promise<Graph> {
  const answer = await page.request.get(`${baton.origin}/api/v1/workflows/${id}`)
  return ((await answer.json()) as { graph: Graph }).graph
}

export async function openBuilder(page: Page, baton: Pick<RunningBaton, 'origin'>, id: string): Promise<void> {
  await page.goto(`${baton.origin}/workflows/${id}`)
  await page.locator('.react-flow__pane').waitFor()
}

export const node = (page: Page, id: string) => page.locator(`.react-flow__node[data-id="${id}"]`)

export const isSaved = (page: Page) => page.locator('[data-saving=saved]').waitFor()

/** Pressed, moved in steps, let go: as a hand does it. */
export async function drag(page: Page, from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move(from.x + 8, from.y + 8)
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 })
  await page.mouse.move(to.x, to.y, { steps: 4 })
  await page.mouse.up()
}

export async function middleOf(locator: ReturnType<Page['locator']>): Promise<{ x: number; y: number }> {
  const box = await locator.boundingBox()
  if (box === null) throw new Error('It is not on the screen.')
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

/** The canvas has come to rest: the view was the same for a while of frames. */
export const still = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const place = () =>
      [...document.querySelectorAll<HTMLElement>('.react-flow__viewport, .react-flow__node')]
        .map((element) => element.style.transform)
        .join()
    let before = place()
    for (let frames = 0; frames < 20; frames += 1) {
      await new Promise(requestAnimationFrame)
      const now = place()
      if (now !== before) frames = 0
      before = now
    }
  })
