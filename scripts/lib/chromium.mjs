import { existsSync } from 'node:fs'
import { run } from './project.mjs'

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
]

const find = () => [process.env.CHROMIUM_PATH, ...PLACES].find((place) => place && existsSync(place)) ?? null

/** The browser for the browser tests: one that is there, or Debian's package. */
export async function ensureChromium(log) {
  const found = find()
  if (found) return found
  const canInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
  if (!canInstall) {
    throw new Error('The browser tests need Chromium: install it (apt-get install chromium) or set CHROMIUM_PATH.')
  }
  log('installing Chromium (apt-get, once)')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const install = () =>
    run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { env, output: 'keep' })
  let result = await install()
  if (result.code !== 0) {
    // A fresh machine has no package lists, or old ones.
    await run('apt-get', ['update'], { env, output: 'keep' })
    result = await install()
  }
  const installed = find()
  if (!installed) throw new Error(`Chromium could not be installed:\n${result.text.slice(-2_000)}`)
  return installed
}
