import { fileURLToPath } from 'node:url'
import { type BuildOptions, build } from 'esbuild'

/** One file with the interpreter inside it, so that the child needs to read nothing else. Used by the build of the server too. */
const options: BuildOptions = {
  entryPoints: [fileURLToPath(new URL('./child.ts', import.meta.url))],
  bundle: true,
  minify: true,
  platform: 'node',
  format: 'esm',
  target: 'node24',
  loader: { '.wasm': 'binary' },
  logLevel: 'silent',
}

export async function bundleChild(outfile: string): Promise<void> {
  await build({ ...options, outfile })
}
