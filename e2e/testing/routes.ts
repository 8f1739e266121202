import { globSync } from 'node:fs'
import path from 'node:path'
import { projectRoot } from '@/server/project-root'

/** The address of every page there is: `/runs/[id]`. */
export const routes = (): string[] =>
  globSync('**/page.tsx', { cwd: path.join(projectRoot, 'app') })
    .map((file) => {
      const parts = path.dirname(file).split(path.sep)
      return `/${parts.filter((part) => part !== '.' && !/^\(.*\)$/.test(part)).join('/')}`
    })
    .toSorted()
