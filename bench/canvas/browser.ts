import { existsSync } from 'node:fs'
import type { Browser } from 'playwright-core'

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** A real Chromium, painting by itself: what it costs is not hidden by a graphics card. */
export async function openChromium(): Promise<Browser> {
  const executablePath = [process.env.CHROMIUM_PATH, ...places].find((place) => place && existsSync(place))
  if (executablePath === undefined) throw new Error('There is no Chromium here: install it, or set CHROMIUM_PATH.')
  // Only this part needs it: without the packages for development the others can be measured still.
  const { chromium } = await import('playwright-core')
  const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run']
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', ...quiet],
  })
}
