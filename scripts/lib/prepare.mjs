import { existsSync } from 'node:fs'
import { compressFiles } from './compress.mjs'
import { install } from './install.mjs'
import { at, childEnv, node24, run, runNode } from './project.mjs'
import { digest, isStamped, stamp } from './stamps.mjs'

const SHARED = ['package-lock.json', 'tsconfig.json']
// Pages know the server through one file and types only: a change elsewhere in it needs no new pages.
const WEB = [
  'app',
  'components',
  'engine',
  'nodes',
  'public',
  'server/in-process.ts',
  'instrumentation-client.ts',
  'next.config.js',
  'postcss.config.mjs',
  'scripts/lib/compress.mjs',
]
const SERVER = ['engine', 'nodes', 'server', 'bench', 'generated', 'scripts/build-server.mjs']

async function step(name, inputs, product, work, { log, output }) {
  const value = digest([...inputs, ...SHARED])
  if (existsSync(at(product)) && isStamped(name, value)) return
  const started = Date.now()
  log(`${name} …`)
  const { code, text } = await work(output === 'quiet' ? 'keep' : output)
  if (code !== 0) throw new Error(`${name} failed with code ${code}\n${text}`)
  stamp(name, value)
  log(`${name} done in ${((Date.now() - started) / 1000).toFixed(1)} s`)
}

const generate = (options) =>
  step(
    'generate',
    ['prisma/schema.prisma', 'prisma.config.ts'],
    'generated/prisma/client.ts',
    (output) =>
      run(node24, [at('node_modules/prisma/build/index.js'), 'generate'], {
        env: childEnv({ PRISMA_SCHEMA_ENGINE_BINARY: '/bin/true', PRISMA_HIDE_UPDATE_MESSAGE: '1' }),
        output,
      }),
    options,
  )

const buildServer = (options) =>
  step(
    'build server',
    SERVER,
    'dist/main.mjs',
    (output) => runNode('scripts/build-server.mjs', [], { output }),
    options,
  )

const buildPages = (options) =>
  step(
    'build pages',
    WEB,
    '.next/BUILD_ID',
    async (output) => {
      const built = await run(node24, [at('node_modules/next/dist/bin/next'), 'build'], {
        env: childEnv({ NODE_ENV: 'production' }),
        output,
      })
      if (built.code === 0) await compressFiles(at('.next/static'))
      return built
    },
    options,
  )

/**
 * Brings the checkout to the state a command needs, doing only what has changed since the last time.
 * `parts`: any of `client` (generated Prisma client), `server` (bundle), `pages` (Next).
 */
export async function prepare(parts, options) {
  await install(options)
  if (existsSync(at('prisma/schema.prisma'))) await generate(options)
  if (parts.includes('server')) await buildServer(options)
  if (parts.includes('pages')) await buildPages(options)
}
