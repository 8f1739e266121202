import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const FOLDERS = ['engine', 'nodes', 'server', 'components', 'app', 'bench', 'e2e', 'scripts']
const isTest = (file) => /\.(test|e2e)\.[cm]?[jt]sx?$|\/testing\//.test(file)

/** `applies` says to which files a rule applies, `pattern` what must not be in a line of theirs. */
const LINE_RULES = [
  {
    name: 'bare-fetch',
    why: 'requests leave through server/outbound (server) or components/api (browser)',
    applies: (file) => !/^(server\/outbound|components\/api|bench|e2e|scripts)\//.test(file) && !isTest(file),
    pattern: /(?<![.\w$])(?:globalThis\.|window\.)?fetch\s*\(/,
  },
  {
    name: 'impure-engine',
    why: 'the engine has no clock, no randomness, no timers and no ids of its own',
    applies: (file) => file.startsWith('engine/') && !isTest(file),
    pattern:
      /\bDate\.now\b|\bMath\.random\b|\b(?:setTimeout|setInterval|setImmediate)\b|\bnew Date\(\s*\)|\brandomUUID\b|\bgetRandomValues\b|\bperformance\.now\b/,
  },
  {
    name: 'raw-html',
    why: 'text from outside has one renderer',
    applies: () => true,
    pattern: /dangerouslySetInnerHTML|\.innerHTML\s*=/,
  },
  {
    name: 'prisma-outside-db',
    why: 'only server/db imports the Prisma client',
    applies: (file) => !file.startsWith('server/db/'),
    pattern: /from\s+['"](?:@\/generated\/prisma|@prisma\/client)/,
  },
  {
    name: 'selective-test',
    why: 'a test that is skipped or runs alone proves nothing',
    applies: isTest,
    pattern: /\b(?:test|it|describe|suite)(?:\.\w+)*\.(?:only|skip|todo)\b/,
  },
  {
    name: 'suppressed-type',
    why: 'types are true inside',
    applies: (file) => /\.tsx?$/.test(file),
    pattern: /@ts-(?:ignore|nocheck|expect-error)/,
    inComments: true,
  },
]

/** Files that name the rules in order to enforce or test them. */
const EXEMPT = new Set([
  'scripts/check-house.mjs',
  'scripts/check-house.test.ts',
  'scripts/check-capabilities.mjs',
  'scripts/check-capabilities.test.ts',
  'scripts/check-walls.test.ts',
])

const limitOf = (file) => (isTest(file) ? 500 : 300)

const stripped = (line) => (/^\s*(?:\/\/|\*|\/\*)/.test(line) ? '' : line)

function problemsOf(file, text) {
  const lines = text.split('\n')
  const problems = []
  const length = text.endsWith('\n') ? lines.length - 1 : lines.length
  if (length > limitOf(file)) problems.push(`file-length: ${file} has ${length} lines, at most ${limitOf(file)}`)
  for (const rule of LINE_RULES.filter(({ applies }) => applies(file))) {
    lines.forEach((line, index) => {
      if (rule.pattern.test(rule.inComments ? line : stripped(line)))
        problems.push(`${rule.name}: ${file}:${index + 1} — ${rule.why}`)
    })
  }
  if (/^app\/(.*\/)?route\.[jt]sx?$/.test(file)) {
    problems.push(
      `route-handler: ${file} — Next bundles its own copy of every module; the Node server answers requests`,
    )
  }
  return problems
}

export function checkHouse(root) {
  const files = FOLDERS.filter((folder) => existsSync(path.join(root, folder))).flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.[cm]?[jt]sx?$/.test(entry.name))
      .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join('/')),
  )
  const checked = files.filter((file) => !EXEMPT.has(file))
  return {
    files: files.length,
    problems: checked.flatMap((file) => problemsOf(file, readFileSync(path.join(root, file), 'utf8'))),
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { files, problems } = checkHouse(fileURLToPath(new URL('..', import.meta.url)))
  for (const problem of problems) console.error(problem)
  const broken = problems.length > 0 || files === 0
  console.log(broken ? `${problems.length} house rules broken` : `house rules hold (${files} files read)`)
  process.exitCode = broken ? 1 : 0
}
