import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { cruise } from 'dependency-cruiser'
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config'
import configuration from '../.dependency-cruiser.mjs'

const FOLDERS = ['engine', 'nodes', 'server', 'components', 'app']

function modulesBelow(root, folder) {
  const start = path.join(root, folder)
  if (!existsSync(start)) return []
  return readdirSync(start, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
}

/**
 * Every broken wall below `root` as `rule: from → to`. A cruise that read fewer modules than there are is broken, too:
 * with a TypeScript it doesn't understand, dependency-cruiser reads nothing and reports success.
 */
export async function checkWalls(root, overrides = {}) {
  const before = process.cwd()
  process.chdir(root)
  try {
    const folders = FOLDERS.filter((folder) => existsSync(path.join(root, folder)))
    const { options, forbidden } = configuration
    const { output } = await cruise(
      folders,
      { ...options, ...overrides, baseDir: root, ruleSet: { forbidden }, validate: true, outputType: 'json' },
      undefined,
      { tsConfig: extractTSConfig(path.join(root, 'tsconfig.json')) },
    )
    const result = typeof output === 'string' ? JSON.parse(output) : output
    const read = new Set(result.modules.map((module) => module.source))
    const unread = folders.flatMap((folder) => modulesBelow(root, folder)).filter((file) => !read.has(file))
    return {
      modules: read.size,
      problems: [
        ...unread.map((file) => `not-read: ${file}`),
        ...result.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`),
      ],
    }
  } finally {
    process.chdir(before)
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { modules, problems } = await checkWalls(fileURLToPath(new URL('..', import.meta.url)))
  for (const problem of problems) console.error(problem)
  console.log(problems.length === 0 ? `walls hold (${modules} modules read)` : `${problems.length} broken walls`)
  process.exitCode = problems.length === 0 ? 0 : 1
}
