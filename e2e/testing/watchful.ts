import type { BrowserContext, Page } from 'playwright-core'

export type Watch = {
  /** What the browser refused because of the policy of the page. */
  violations: string[]
  /** Dialogs that somebody opened, and tabs. */
  popups: string[]
  /** Requests to anywhere else. */
  strangers: string[]
}

/** Notices what harmful text would do once it was taken for a program. For pages that are opened from now on. */
export async function watchPages(context: BrowserContext, origin: string): Promise<Watch> {
  const watch: Watch = { violations: [], popups: [], strangers: [] }
  const { host } = new URL(origin)
  await context.exposeBinding('tellViolation', (_source, text: string) => void watch.violations.push(text))
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample, sourceFile }) => {
      const tell = Reflect.get(window, 'tellViolation') as (text: string) => void
      tell(`${effectiveDirective} ${blockedURI} ${sample} ${sourceFile}`)
    })
  })
  const hear = (page: Page) => {
    page.on('dialog', (dialog) => {
      // Our own: an edit is still on its way to the server. Whoever goes on loses nothing here.
      if (dialog.type() === 'beforeunload') return void dialog.accept().catch(() => {})
      watch.popups.push(`${dialog.type()} ${dialog.message()}`)
      void dialog.dismiss().catch(() => {})
    })
    page.on('popup', (popup) => watch.popups.push(`popup ${popup.url()}`))
  }
  context.on('page', hear)
  for (const page of context.pages()) hear(page)
  context.on('request', (request) => {
    const url = new URL(request.url())
    if (!['data:', 'blob:'].includes(url.protocol) && url.host !== host) watch.strangers.push(url.href)
  })
  return watch
}
