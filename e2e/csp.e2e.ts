import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningBaton, startBaton } from './testing/baton'
import { openBrowser } from './testing/browser'
import { addWorkflow, node, openBuilder, still } from './testing/builder'
import { chainOf, field, inputOf, node as nodeOf, outputOf } from './testing/graph'
import { startPeer } from './testing/peer'
import { routes } from './testing/routes'
import { desk, openPage, printedLink, signIn, type Visit } from './testing/visit'
import { type Watch, watchPages } from './testing/watchful'

const policyOf = (headers: { [name: string]: string }) => headers['content-security-policy'] ?? ''
const part = (policy: string, name: string) => policy.split('; ').find((each) => each.startsWith(`${name} `)) ?? ''

describe('the policy of the pages', () => {
  let baton: RunningBaton
  let browser: Browser
  let visit: Visit
  let watch: Watch
  let workflow: string
  let run: string

  beforeAll(async () => {
    baton = await startBaton()
    browser = await openBrowser()
    visit = await openPage(browser, desk)
    watch = await watchPages(visit.context, baton.origin)
    await signIn(visit.page, printedLink(baton))
    const graph = chainOf(
      inputOf(field('topic')),
      nodeOf('write', 'agent', { prompt: 'Write about {{ start.topic }}' }),
      outputOf('{{ write.text }}'),
    )
    workflow = await addWorkflow(visit.page, baton, graph as never)
    const answer = await visit.page.request.post(`${baton.origin}/api/v1/workflows/${workflow}/runs`, {
      data: { version: 'draft', input: { topic: 'tea' }, wait: 30 },
      headers: { origin: baton.origin },
    })
    run = ((await answer.json()) as { id: string }).id
  })
  afterAll(async () => {
    await browser?.close()
    await baton?.stop()
  })

  /** React has taken the page over: it listens to what is pressed. */
  const isAlive = (page: Page) =>
    page.waitForFunction(() =>
      [...document.querySelectorAll('button, a, main')].some((element) =>
        Object.keys(element).some((key) => key.startsWith('__reactProps')),
      ),
    )

  it('lets every page come to life, with scripts by nonce only and a new nonce each time', async () => {
    const { page } = visit
    const nonces = new Set<string>()
    const ids: { [place: string]: string } = { runs: run, workflows: workflow }
    const addresses = routes().map((route) =>
      route.replaceAll(/\[\w+\]/g, (_name, at) => ids[route.slice(1, at - 1)] ?? 'nothing-like-it'),
    )
    expect(addresses).toEqual(expect.arrayContaining(['/', `/runs/${run}`, `/workflows/${workflow}`]))
    const paths = [...addresses, '/no-such-page']
    for (const path of paths) {
      const answer = await page.goto(`${baton.origin}${path}`)
      const policy = policyOf(answer?.headers() ?? {})
      expect(part(policy, 'script-src'), path).toMatch(/^script-src 'self' 'nonce-[\w+/]{22}=='$/)
      expect(part(policy, 'frame-ancestors'), path).toBe("frame-ancestors 'none'")
      expect(part(policy, 'object-src'), path).toBe("object-src 'none'")
      nonces.add(part(policy, 'script-src'))
      await isAlive(page)
    }
    expect(nonces.size).toBe(paths.length)
    expect(watch).toEqual({ violations: [], popups: [], strangers: [] })
    expect(visit.faults.filter((fault) => !fault.includes('404'))).toEqual([])
  })

  it('leaves the builder its worker: nodes are put in order, and words stream into a run', async () => {
    const { page } = visit
    await openBuilder(page, baton, workflow)
    await node(page, 'done').waitFor()
    await still(page)
    const placeOf = () => node(page, 'done').evaluate((element) => (element as HTMLElement).style.transform)
    const before = await placeOf()
    await page.locator('.react-flow__pane').click({ position: { x: 5, y: 300 } })
    await page.getByRole('button', { name: 'Arrange', exact: true }).click()
    await expect.poll(placeOf).not.toBe(before)
    expect(watch.violations).toEqual([])
  })

  it('stops a script, a handler, a frame, a form and a request that got into a page', async () => {
    const { page } = visit
    const elsewhere = await startPeer()
    await page.goto(`${baton.origin}/runs`)
    await isAlive(page)
    const uploaded = await page.request.post(`${baton.origin}/api/v1/files?name=x.js`, {
      data: Buffer.from('window.__xss = "uploaded"'),
      headers: { origin: baton.origin, 'content-type': 'text/javascript' },
    })
    const { file } = (await uploaded.json()) as { file: string }
    const refused = page.waitForResponse((response) => response.url().endsWith(file))
    await page.evaluate(
      ([away, own]) => {
        const put = (html: string) => document.body.append(document.createRange().createContextualFragment(html))
        put('<script>window.__xss = "inline"</script>')
        put('<script nonce="Z3Vlc3NlZA==">window.__xss = "guessed nonce"</script>')
        put(`<script src="${away}/x.js"></script>`)
        put(`<script src="${own}"></script>`)
        put('<img src="x:" onerror="window.__xss = \'handler\'">')
        put(`<img src="${away}/pixel.gif">`)
        put(`<iframe src="${away}/frame"></iframe>`)
        put('<iframe srcdoc="<script>parent.__xss = \'srcdoc\'</script>"></iframe>')
        put(`<base href="${away}/">`)
        put(`<object data="${away}/object"></object>`)
        put(`<form action="${away}/form" method="post"><input name="a" value="b"></form>`)
        put(`<link rel="stylesheet" href="${away}/style.css">`)
        put('<a id="bad" href="javascript:window.__xss = \'link\'">x</a>')
        document.querySelector<HTMLAnchorElement>('#bad')?.click()
        document.querySelector<HTMLFormElement>('form:last-of-type')?.submit()
        void fetch(`${away}/fetch`).catch(() => {})
        // In a turn of its own: what a test evaluates directly is exempt.
        setTimeout(() => {
          // biome-ignore lint/security/noGlobalEval: whether this is refused is the question
          window.eval('window.__xss = "eval"')
        })
      },
      [elsewhere.origin, `/api/v1/files/${file}`] as const,
    )
    expect((await refused).status()).toBe(403)
    const wanted = [
      'script-src-elem',
      'script-src-attr',
      'img-src',
      'frame-src',
      'base-uri',
      'connect-src',
      'style-src-elem',
      'form-action',
    ]
    await expect
      .poll(() => wanted.filter((name) => !watch.violations.some((text) => text.startsWith(`${name} `))))
      .toEqual([])
    await expect.poll(() => watch.violations.some((text) => /^script-src eval/.test(text))).toBe(true)
    expect(await page.evaluate(() => Reflect.get(window, '__xss'))).toBeUndefined()
    expect(elsewhere.heard).toEqual([])
    expect(new URL(page.url()).pathname).toBe('/runs')
    await elsewhere.close()
  })
})
