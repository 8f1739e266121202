// Runs on any Node ≥ 20 with nothing installed: everything beyond this file's own helpers runs on the project's Node 24.
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { ensureChromium } from './lib/chromium.mjs'
import { prepare } from './lib/prepare.mjs'
import { at, childEnv, runNode, runTool } from './lib/project.mjs'
import { countTests } from './lib/vitest-counts.mjs'

const long = process.argv.includes('--long')
const testEnv = { NODE_ENV: 'test', ...(long ? { BATON_TEST_LONG: '1' } : {}) }
const total = { passed: 0, failed: 0 }
const log = (line) => console.log(`[test] ${line}`)

function report(name, counts, started, text = '') {
  total.passed += counts.passed
  total.failed += counts.failed
  if (counts.failed > 0 && text) console.log(text.trimEnd())
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  log(
    `${counts.failed === 0 ? 'ok    ' : 'FAILED'} ${name} (${counts.passed} passed, ${counts.failed} failed, ${seconds} s)`,
  )
}

/** One check is one test. Returns whether it passed. */
async function check(name, work) {
  const started = performance.now()
  const { code, text = '' } = await work().catch((error) => ({ code: 1, text: error.message }))
  report(name, { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 }, started, text)
  return code === 0
}

const keep = { output: 'keep' }
const STATIC = [
  ['lint and format', () => runTool('biome', ['check', '--error-on-warnings', '.'], keep)],
  ['types', () => runTool('tsc', ['--noEmit', '-p', '.'], keep)],
  ['walls between folders', () => runNode('scripts/check-walls.mjs', [], keep)],
  ['house rules', () => runNode('scripts/check-house.mjs', [], keep)],
  ['capabilities are proven', () => runNode('scripts/check-capabilities.mjs', [], keep)],
]

async function vitest(name, config, env = {}) {
  const started = performance.now()
  const file = at('test-results', `${name}.json`)
  rmSync(file, { force: true })
  const args = ['run', '--config', config, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const { code } = await runTool('vitest', args, { env: childEnv({ ...testEnv, ...env }) })
  const counts = countTests(file, code)
  for (const note of counts.notes) log(note)
  report(`${name} tests`, counts, started)
}

const hasBrowserTests = () =>
  existsSync(at('e2e')) && readdirSync(at('e2e'), { recursive: true }).some((name) => /\.e2e\.ts$/.test(name))

async function browserTests() {
  if (!hasBrowserTests()) {
    report('browser tests (there are none)', { passed: 0, failed: 1 }, performance.now())
    return
  }
  let chromium = ''
  const found = await check('chromium', async () => {
    chromium = await ensureChromium(log)
    return { code: 0 }
  })
  if (found) await vitest('browser', 'vitest.e2e.config.ts', { CHROMIUM_PATH: chromium, NODE_ENV: 'production' })
}

async function main() {
  mkdirSync(at('test-results'), { recursive: true })
  const options = { log, output: 'keep' }
  const installed = await check('install and generate', async () => {
    await prepare([], options)
    return { code: 0 }
  })
  if (!installed) return
  await Promise.all(STATIC.map(([name, work]) => check(name, work)))
  await vitest('unit and integration', 'vitest.config.ts')
  const built = await check('build', async () => {
    await prepare(['server', 'pages'], options)
    return { code: 0 }
  })
  if (built) await browserTests()
}

await main().catch((error) => {
  console.error(error)
  total.failed += 1
})
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1
