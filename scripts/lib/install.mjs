import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { at, node24, run } from './project.mjs'

const stampFile = at('node_modules', '.baton-installed')
const lockHash = () =>
  createHash('sha256')
    .update(readFileSync(at('package-lock.json')))
    .digest('hex')

export function isInstalled() {
  if (!existsSync(stampFile) || !existsSync(node24)) return false
  return readFileSync(stampFile, 'utf8').trim() === lockHash()
}

/** npm must not run on the Node it is about to replace, so the project's own bin folder leaves the PATH. */
function npmEnv() {
  const own = at('node_modules')
  const rest = (process.env.PATH ?? '').split(path.delimiter).filter((entry) => !entry.startsWith(own))
  return {
    ...process.env,
    PATH: rest.join(path.delimiter),
    // Prisma would otherwise try to download an engine that this project does not use.
    PRISMA_SCHEMA_ENGINE_BINARY: '/bin/true',
    PRISMA_ENGINES_CHECKSUM_IGNORE_MISSING: '1',
    NODE_ENV: '',
  }
}

export async function install({ log, output }) {
  if (isInstalled()) return
  log('installing packages (once)')
  // Not `npm ci`: it refuses a lockfile without the packages of other platforms, and a registry (a mirror, an
  // air-gapped one) need not have those. Versions come from the lockfile here, too, and it is not written.
  const args = ['install', '--no-save', '--include=dev', '--include=optional', '--no-audit', '--no-fund']
  const { code, text } = await run('npm', args, { env: npmEnv(), output: output === 'quiet' ? 'keep' : output })
  if (code !== 0) throw new Error(`npm install failed with code ${code}\n${text}`)
  if (!existsSync(node24)) {
    throw new Error(
      'The npm package `node` did not install its binary. Its install script must be allowed to run: `npm config get ignore-scripts` has to say false.',
    )
  }
  writeFileSync(stampFile, `${lockHash()}\n`)
}
