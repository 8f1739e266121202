import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder with package.json: the same from a source file, a bundle in dist/ or one of its chunks. */
export const projectRoot = findUp(path.dirname(fileURLToPath(import.meta.url)))

function findUp(folder: string): string {
  if (existsSync(path.join(folder, 'package.json'))) return folder
  const parent = path.dirname(folder)
  if (parent === folder) throw new Error('Baton cannot find its own folder: package.json is missing.')
  return findUp(parent)
}
