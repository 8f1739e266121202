// npx node scripts/migration-diff.mjs <name> [--from <git revision>]
// Writes prisma/migrations/<number>_<name>/migration.sql: what leads from the committed schema.prisma to the current one.
import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { build } from 'esbuild'
import { at, root } from './lib/project.mjs'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { from: { type: 'string', default: 'HEAD' } },
})
const name = positionals[0]
if (!name || !/^[a-z][a-z0-9_]*$/.test(name)) {
  console.error('usage: node scripts/migration-diff.mjs <name_in_small_letters> [--from <git revision>]')
  process.exit(2)
}

await build({
  stdin: {
    contents: "export * from '@/server/db/testing/schema-diff'\nexport * from '@/server/db/testing/postgres'",
    resolveDir: root,
    loader: 'ts',
  },
  absWorkingDir: root,
  outfile: at('dist', 'migration-diff.mjs'),
  bundle: true,
  packages: 'external',
  format: 'esm',
  platform: 'node',
})
const { schemaDiff, startTestPostgres } = await import(at('dist', 'migration-diff.mjs'))

function committed(revision) {
  try {
    return execFileSync('git', ['show', `${revision}:prisma/schema.prisma`], {
      cwd: root,
      encoding: 'utf8',
      stdio: 'pipe',
    })
  } catch {
    return null
  }
}

const postgres = await startTestPostgres({ fsync: 'off' })
try {
  const sql = await schemaDiff(
    postgres.url,
    committed(values.from),
    readFileSync(at('prisma', 'schema.prisma'), 'utf8'),
  )
  if (sql.trim() === '' || sql.includes('This is an empty migration')) {
    console.log('schema.prisma has not changed; no migration written')
  } else {
    const count = readdirSync(at('prisma', 'migrations'), { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    ).length
    const folder = at('prisma', 'migrations', `${String(count + 1).padStart(4, '0')}_${name}`)
    mkdirSync(folder)
    writeFileSync(`${folder}/migration.sql`, sql)
    console.log(`${folder}/migration.sql — read it before you commit it`)
  }
} finally {
  await postgres.remove()
}
