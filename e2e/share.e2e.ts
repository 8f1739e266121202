import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningBaton, startBaton } from './testing/baton'
import { openBrowser } from './testing/browser'
import { addWorkflow, node } from './testing/builder'
import { number, pick, word } from './testing/chance'
import { desk, look, openPage, phone, printedLink, type Screen, signIn, type Visit } from './testing/visit'

// Words that no mask takes for a key.
const thing = () => pick('harbour', 'lantern', 'orchard', 'quarry', 'ferry', 'attic', 'market', 'tunnel')
const topic = `The ${thing()} beyond the ${thing()}, number ${number(10, 99)}`
const instructions = `Write about the ${thing()} and the ${thing()} in ${number(2, 9)} lines.`
const graph = {
  baton: 1 as const,
  name: 'Story desk',
  description: 'Three people make a story.',
  nodes: [
    {
      id: 'start',
      kind: 'input',
      name: 'Start',
      config: { fields: [{ name: 'topic', type: 'text', required: true }] },
    },
    {
      id: 'crew',
      kind: 'team',
      name: 'Story crew',
      config: { mode: 'sequence', goal: 'A story about {{ start.topic }}' },
    },
    { id: 'idea', kind: 'agent', name: 'Ideas', parent: 'crew', config: { instructions } },
    { id: 'write', kind: 'agent', name: 'Writer', parent: 'crew', config: { instructions } },
    { id: 'done', kind: 'output', name: 'Story', config: { value: '{{ crew.text }}' } },
  ],
  edges: [
    { source: 'start', target: 'crew' },
    { source: 'crew', target: 'done' },
  ],
}
const darkDesk: Screen = { ...desk, colorScheme: 'dark' }
const lightPhone: Screen = { ...phone, colorScheme: 'light' }

describe('what is shared', () => {
  let baton: RunningBaton
  let browser: Browser
  let owner: Visit
  let workflowId: string
  let runId: string

  const post = async <T = { id: string; url: string }>(path: string, data: unknown = {}): Promise<T> => {
    const answer = await owner.page.request.post(`${baton.origin}/api/v1${path}`, {
      data,
      headers: { origin: baton.origin },
    })
    expect(answer.ok(), await answer.text()).toBe(true)
    return (await answer.json()) as T
  }
  const shareRun = async (options: unknown = {}) => (await post(`/runs/${runId}/share`, options)).url
  const visitLink = async (url: string, screen: Screen = desk) => {
    const guest = await openPage(browser, screen)
    await guest.page.goto(url)
    return guest
  }

  beforeAll(async () => {
    baton = await startBaton()
    browser = await openBrowser()
    owner = await openPage(browser, desk)
    await signIn(owner.page, printedLink(baton))
    workflowId = await addWorkflow(owner.page, baton, graph)
    const run = await post<{ id: string; status: string }>(`/workflows/${workflowId}/runs`, {
      version: 'draft',
      input: { topic },
      wait: 30,
    })
    expect(run.status).toBe('completed')
    runId = run.id
  })
  afterAll(async () => {
    await browser?.close()
    await baton?.stop()
  })

  it('shows the result first and how it came about, in light and dark, on a desk and on a phone', async () => {
    const url = await shareRun()
    for (const [name, screen] of [
      ['desk', desk],
      ['desk-dark', darkDesk],
      ['phone', lightPhone],
      ['phone-dark', phone],
    ] as const) {
      const { page, faults, close } = await visitLink(url, screen)
      await page.getByRole('heading', { name: 'Story desk' }).waitFor()
      await page.getByRole('heading', { name: 'Result' }).waitFor()
      await node(page, 'crew').waitFor()
      await look(page, `share-${name}`)
      await page.getByRole('tab', { name: 'Transcript' }).click()
      await page.getByRole('region', { name: 'Conversation of Story crew' }).waitFor()
      await page.getByRole('region', { name: 'How it came about' }).scrollIntoViewIfNeeded()
      await look(page, `share-${name}-transcript`)
      expect(faults).toEqual([])
      await close()
    }
  })

  it('is replayed, and its nodes are opened for what they gave', async () => {
    const { page, faults, close } = await visitLink(await shareRun({ include: { prompts: true, input: true } }))
    await node(page, 'write').click()
    const details = page.getByRole('complementary', { name: 'Details' })
    await details.getByRole('tab', { name: 'Messages' }).click()
    await details.getByText(instructions).first().waitFor()
    await look(page, 'share-node')
    await page.getByRole('slider', { name: 'Moment of the run' }).fill('2')
    await node(page, 'done').locator('.run-idle').waitFor()
    await page.getByRole('button', { name: 'To the end' }).click()
    await node(page, 'done').locator('.run-completed').waitFor()
    expect(await page.getByRole('button', { name: /Fork|Cancel|Compare|Retry|Approve/ }).count()).toBe(0)
    expect(faults).toEqual([])
    await close()
  })

  it('holds nothing of what was left out or hidden', async () => {
    const url = await shareRun({ hide: ['write'] })
    const heard: string[] = []
    const guest = await openPage(browser, desk)
    guest.page.on('response', async (response) => {
      if (new URL(response.url()).pathname.startsWith('/s/')) heard.push(await response.text().catch(() => ''))
    })
    await guest.page.goto(url)
    await node(guest.page, 'hidden_1').waitFor()
    await guest.page.getByText('Hidden step').first().waitFor()
    await look(guest.page, 'share-hidden')
    expect(heard.join()).toContain('Story crew')
    for (const secret of [topic, instructions, 'Writer']) expect(heard.join()).not.toContain(secret)
    await guest.close()
  })

  it('asks for the password before it says anything', async () => {
    const password = word('password')
    const url = await shareRun({ password })
    const { page, faults, close } = await visitLink(url)
    await page.getByRole('heading', { name: 'This link has a password' }).waitFor()
    expect(await page.content()).not.toContain('Story')
    await look(page, 'share-password')
    await page.getByLabel('Password').fill(word())
    await page.getByRole('button', { name: 'Open' }).click()
    await page.getByText('This is not the password.').waitFor()
    await page.getByLabel('Password').fill(password)
    await page.getByRole('button', { name: 'Open' }).click()
    await page.getByRole('heading', { name: 'Story desk' }).waitFor()
    await page.reload()
    await page.getByRole('heading', { name: 'Story desk' }).waitFor()
    // The answers 401 and 403 are told to the console by the browser itself.
    expect(faults.filter((fault) => !/40[13]/.test(fault))).toEqual([])
    await close()
  })

  it('is open in every tab once the password was given, live too, by cookies for the addresses of this link alone', async () => {
    const password = word('password')
    const asking = [
      { id: 'gate', kind: 'approval', name: 'Ask', config: { title: 'Go on?', message: '' } },
      { id: 'done', kind: 'output', name: 'Story', config: { value: topic } },
    ]
    const edges = [{ source: 'gate', sourcePort: 'approved', target: 'done' }]
    const waiting = await post('/runs', { graph: { ...graph, nodes: asking, edges } })
    const { url } = await post(`/runs/${waiting.id}/share`, { password })
    const [first, second] = [await owner.context.newPage(), await owner.context.newPage()]
    await first.goto(url)
    await first.getByLabel('Password').fill(password)
    await first.getByRole('button', { name: 'Open' }).click()
    await node(first, 'gate').locator('.run-waiting').waitFor()

    await second.goto(url)
    await node(second, 'gate').locator('.run-waiting').waitFor()
    await post(`/runs/${waiting.id}/approvals/gate`, { decision: 'approved' })
    for (const page of [first, second]) await node(page, 'done').locator('.run-completed').waitFor()
    expect((await second.request.get(`${url}.yaml`)).status()).toBe(200)
    const { pathname } = new URL(url)
    const cookies = (await owner.context.cookies([url, `${url}.json`, `${url}.yaml`])).filter(({ name }) =>
      name.startsWith('baton_share_'),
    )
    expect(cookies.map(({ path }) => path).sort()).toEqual([pathname, `${pathname}.json`, `${pathname}.yaml`])

    await second.getByRole('button', { name: 'Use this team' }).click()
    await second.getByRole('button', { name: 'Copy it into my workspace' }).click()
    await second.waitForURL(/\/workflows\//)
    for (const page of [first, second]) await page.close()
  })

  it('says nothing but that there is nothing where a link never was, was taken back, or has expired', async () => {
    const revoked = await post(`/runs/${runId}/share`)
    await owner.page.request.delete(`${baton.origin}/api/v1/shares/${revoked.id}`, {
      headers: { origin: baton.origin },
    })
    const expired = await shareRun({ expiresAt: new Date(Date.now() + 400).toISOString() })
    await expect.poll(async () => (await owner.page.request.get(`${expired}.json`)).status()).toBe(404)
    const seen = new Set<string>()
    for (const url of [revoked.url, expired, `${baton.origin}/s/${word('never')}${word()}`]) {
      const { page, close } = await visitLink(url)
      await page.getByRole('heading', { name: 'There is nothing here' }).waitFor()
      seen.add((await page.locator('main').textContent()) ?? '')
      expect((await page.request.get(url)).status()).toBe(404)
      await look(page, 'share-nothing')
      await close()
    }
    expect(seen.size).toBe(1)
  })

  it('comes with a picture of its graph for chats, and asks search engines to stay away', async () => {
    const { page, close } = await visitLink(await shareRun())
    const meta = (name: string) =>
      page.locator(`meta[property="${name}"], meta[name="${name}"]`).first().getAttribute('content')
    expect(await meta('og:title')).toBe('Story desk')
    expect(await meta('twitter:card')).toBe('summary_large_image')
    expect(await meta('robots')).toContain('noindex')
    const answer = await page.request.get((await meta('og:image')) ?? '')
    const picture = await answer.body()
    expect(answer.headers()['content-type']).toBe('image/png')
    expect(picture.subarray(1, 4).toString()).toBe('PNG')
    expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([1200, 630])
    const shown = await page.request.get(page.url())
    expect(shown.headers()['referrer-policy']).toBe('no-referrer')
    await page.setViewportSize({ width: 1200, height: 630 })
    await page.goto((await meta('og:image')) ?? '')
    await look(page, 'share-picture')
    await close()
  })

  it('is shown in a frame by the sites that were allowed, and by no other', async () => {
    const [allowed, other] = [await startSite(), await startSite()]
    const url = await shareRun({ embedOrigins: [allowed.origin] })
    const { output: story } = await (await owner.page.request.get(`${baton.origin}/api/v1/runs/${runId}`)).json()
    allowed.show(url)
    other.show(url)
    const guest = await openPage(browser, desk)
    await guest.page.goto(allowed.origin)
    await guest.page.frameLocator('iframe').getByRole('heading', { name: 'Story desk' }).waitFor()
    await guest.page.frameLocator('iframe').locator('.react-flow__node').first().waitFor()
    const result = guest.page.frameLocator('iframe').getByRole('tabpanel', { name: 'Result' })
    expect(await result.textContent()).toContain(/\w+ \w+/.exec(story)?.[0])
    await guest.page.frameLocator('iframe').getByRole('tab', { name: 'Timeline' }).click()
    expect(await result.count()).toBe(0)
    await guest.page.frameLocator('iframe').getByRole('tab', { name: 'Result' }).click()
    await look(guest.page, 'share-frame')
    await guest.page.goto(other.origin)
    await expect.poll(() => guest.faults.join()).toContain('frame-ancestors')
    expect(await guest.page.frameLocator('iframe').getByRole('heading', { name: 'Story desk' }).count()).toBe(0)
    await guest.close()
    for (const { server } of [allowed, other]) server.close()
  })

  it('can be a workflow, to be looked at node by node and copied by those who are signed in', async () => {
    const { url } = await post(`/workflows/${workflowId}/share`, { include: { prompts: true } })
    const { page, faults, close } = await visitLink(url)
    await page.getByRole('heading', { name: 'Story desk' }).waitFor()
    await node(page, 'write').click()
    await page.getByRole('complementary', { name: 'Details' }).getByText(instructions).waitFor()
    await look(page, 'share-workflow')
    expect(faults).toEqual([])
    const file = await page.request.get(`${url}.yaml`)
    expect(await file.text()).toContain('name: Story desk')
    await page.getByRole('button', { name: 'Use this team' }).click()
    await page.getByText('sign in here first').waitFor()
    await look(page, 'share-use')
    await close()

    await owner.page.goto(url)
    await owner.page.getByRole('button', { name: 'Use this team' }).click()
    await owner.page.getByRole('button', { name: 'Copy it into my workspace' }).click()
    await owner.page.waitForURL(/\/workflows\//)
    await node(owner.page, 'crew').waitFor()
  })

  it('is chosen in the builder and on a phone with the same dialog, and found in the list', async () => {
    await owner.page.goto(`${baton.origin}/workflows/${workflowId}`)
    await node(owner.page, 'crew').waitFor()
    await owner.page.getByRole('button', { name: 'Share', exact: true }).click()
    await chooseInDialog(owner.page, 'Share this workflow')
    await owner.page.keyboard.press('Escape')

    const onPhone = await openPage(browser, lightPhone)
    await onPhone.context.addCookies(await owner.context.cookies())
    await onPhone.page.goto(`${baton.origin}/runs/${runId}`)
    await onPhone.page.getByRole('button', { name: 'Share', exact: true }).click()
    await chooseInDialog(onPhone.page, 'Share this run')
    await look(onPhone.page, 'share-dialog-phone')
    await onPhone.page.goto(`${baton.origin}/shares`)
    await onPhone.page.getByRole('list', { name: 'Links' }).waitFor()
    await look(onPhone.page, 'shares-phone')
    expect(onPhone.faults).toEqual([])
    await onPhone.close()
  })

  it('never complained to the console of its owner', () => {
    expect(owner.faults).toEqual([])
  })
})

/** What is off does not leave; hiding a node blanks it in what is previewed. */
async function chooseInDialog(page: Page, title: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: title })
  const leaves = dialog.getByRole('region', { name: 'What leaves' })
  await leaves.getByText('Prompts and settings').waitFor()
  await leaves.getByRole('tab', { name: 'Every text' }).click()
  expect(await leaves.getByText(instructions).count()).toBe(0)
  await dialog.getByLabel('Prompts and settings').check()
  await leaves.getByText(instructions).first().waitFor()
  await leaves.getByRole('tab', { name: 'Hide nodes' }).click()
  await leaves.getByLabel('Writer').check()
  await leaves.getByRole('tab', { name: 'As they see it' }).click()
  await leaves.locator('.react-flow__node[data-id=hidden_1]').waitFor()
  expect(await leaves.locator('.react-flow__node[data-id=write]').count()).toBe(0)
  await look(page, `share-dialog-${title.endsWith('run') ? 'run' : 'workflow'}`)
}

type Site = { origin: string; server: Server; show: (url: string) => void }

/** Somebody else's site, with a page that is one frame. */
async function startSite(): Promise<Site> {
  let shown = ''
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' })
    response.end(`<!doctype html><title>Site</title><iframe src="${shown}/embed" width="1200" height="800"></iframe>`)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { origin: `http://127.0.0.1:${port}`, server, show: (url) => (shown = url) }
}
