import type { BrowserContext } from 'playwright-core'
import type { Baton } from '@/bench/baton/start'
import { createPrisma } from '@/server/db/prisma'
import { ensureFirstWorkspace } from '@/server/people/ensure-first-workspace'
import { makeSignInLink, signInUrl } from '@/server/people/make-sign-in-link'

/** As a person signs in: with a link from whoever has the database. */
export async function signIn(context: BrowserContext, { host, port, databaseUrl }: Baton): Promise<void> {
  const db = createPrisma(databaseUrl, { max: 1, onError: () => {} })
  try {
    const token = await makeSignInLink(db, await ensureFirstWorkspace(db))
    const page = await context.newPage()
    await page.goto(signInUrl(`http://${host}:${port}`, token))
    await page.getByRole('button').first().click()
    await page.waitForURL(`http://${host}:${port}/`)
    await page.close()
  } finally {
    await db.$disconnect()
  }
}
