import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import type { DiffTarget, SchemaEngine } from '@prisma/schema-engine-wasm'
import { Client } from 'pg'

const emptyFilters = { externalTables: [], externalEnums: [] }

/** The SQL that leads from one Prisma schema (null: nothing at all) to another. The engine wants a live database. */
export async function schemaDiff(url: string, from: string | null, to: string): Promise<string> {
  const engine = await loadEngine(url, to)
  try {
    const target = (content: string): DiffTarget => ({
      tag: 'schemaDatamodel',
      files: [{ content, path: 'schema.prisma' }],
    })
    const { stdout } = await engine.diff({
      from: from === null ? { tag: 'empty' } : target(from),
      to: target(to),
      script: true,
      exitCode: null,
      filters: emptyFilters,
    })
    return stdout ?? ''
  } finally {
    engine.free()
  }
}

type EngineModule = {
  SchemaEngine: { new: typeof SchemaEngine.new }
  __wbg_set_wasm(exports: WebAssembly.Exports): void
}

/** The package's own entry imports its .wasm as a module, which Node does not do; this does the same by hand. */
async function loadEngine(url: string, schema: string): Promise<SchemaEngine> {
  const require = createRequire(import.meta.url)
  const { bindMigrationAwareSqlAdapterFactory } = await import('@prisma/driver-adapter-utils')
  const name = '@prisma/schema-engine-wasm/schema_engine_bg'
  const bindings = (await import(name)) as EngineModule & WebAssembly.ModuleImports
  const folder = path.dirname(require.resolve('@prisma/schema-engine-wasm'))
  const bytes = readFileSync(path.join(folder, 'schema_engine_bg.wasm'))
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': bindings })
  bindings.__wbg_set_wasm(instance.exports)
  const start = instance.exports.__wbindgen_start
  if (typeof start === 'function') start()
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg({ connectionString: url }))
  return bindings.SchemaEngine.new({ datamodels: [['schema.prisma', schema]] }, () => {}, adapter)
}

export type Catalog = { structure: Set<string>; indexes: Set<string> }

/** Tables, columns, constraints and indexes of a database as comparable lines. */
export async function readCatalog(url: string): Promise<Catalog> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const columns = await client.query<{ line: string }>(COLUMNS)
    const constraints = await client.query<{ line: string }>(CONSTRAINTS)
    const indexes = await client.query<{ line: string }>(INDEXES)
    return {
      structure: new Set([...columns.rows, ...constraints.rows].map(({ line }) => line)),
      indexes: new Set(indexes.rows.map(({ line }) => line)),
    }
  } finally {
    await client.end()
  }
}

/**
 * What the migrations made and what the schema says, compared. An index the schema language cannot express (partial,
 * covering, on an expression) and a check constraint may exist beyond the schema; nothing else may.
 */
export function catalogDrift(migrated: Catalog, declared: Catalog): string[] {
  const beyond = / WHERE | INCLUDE |\(\(| gin | brin /i
  const isCheck = / CHECK \(/
  const missing = [...declared.structure, ...declared.indexes].filter(
    (line) => !migrated.structure.has(line) && !migrated.indexes.has(line),
  )
  const extra = [
    ...[...migrated.structure].filter((line) => !declared.structure.has(line) && !isCheck.test(line)),
    ...[...migrated.indexes].filter((line) => !declared.indexes.has(line) && !beyond.test(line)),
  ]
  return [
    ...missing.map((line) => `in schema.prisma but not made by the migrations: ${line}`),
    ...extra.map((line) => `made by the migrations but not in schema.prisma: ${line}`),
  ].sort()
}

const OURS = "c.relnamespace = 'public'::regnamespace AND c.relname <> '_prisma_migrations'"

const COLUMNS = `SELECT format('column %s.%s %s%s%s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
    CASE WHEN a.attnotnull THEN ' not null' ELSE '' END,
    CASE WHEN d.adbin IS NOT NULL THEN ' default ' || pg_get_expr(d.adbin, d.adrelid) ELSE '' END) AS line
  FROM pg_class c
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
  WHERE c.relkind IN ('r', 'p') AND ${OURS}`

const CONSTRAINTS = `SELECT format('constraint %s on %s: %s', o.conname, c.relname, pg_get_constraintdef(o.oid)) AS line
  FROM pg_constraint o JOIN pg_class c ON c.oid = o.conrelid
  WHERE o.contype IN ('p', 'f', 'u', 'c') AND ${OURS}`

const INDEXES = `SELECT pg_get_indexdef(i.indexrelid) AS line
  FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid WHERE NOT i.indisprimary AND ${OURS}`
