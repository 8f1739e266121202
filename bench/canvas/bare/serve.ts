import { createServer } from 'node:http'
import path from 'node:path'
import { build } from 'esbuild'
import { projectRoot } from '@/server/project-root'

export type BarePage = { url: string; close: () => void }

/** Bundles the bare page as it would be shipped and serves it on this machine. */
export async function serveBare(): Promise<BarePage> {
  const files = await bundle()
  const page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Bare</title><link rel="stylesheet" href="/page.css"></head><body><script type="module" src="/page.js"></script></body></html>`
  const server = createServer(({ url = '/' }, response) => {
    const { pathname } = new URL(url, 'http://bare')
    const body = pathname === '/' ? page : files.get(pathname)
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': typeOf(pathname) })
    response.end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The bare page has no port.')
  return {
    url: `http://127.0.0.1:${address.port}/`,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

async function bundle(): Promise<Map<string, Uint8Array>> {
  const { outputFiles } = await build({
    absWorkingDir: projectRoot,
    entryPoints: ['bench/canvas/bare/page.tsx'],
    outdir: path.join(projectRoot, 'dist', 'bare'),
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
  })
  return new Map(outputFiles.map((file) => [`/${path.basename(file.path)}`, file.contents]))
}

function typeOf(pathname: string): string {
  if (pathname.endsWith('.js')) return 'text/javascript'
  return pathname.endsWith('.css') ? 'text/css' : 'text/html'
}
