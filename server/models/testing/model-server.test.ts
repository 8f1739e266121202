import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { describe, expect, it } from 'vitest'
import { askAt } from '@/server/models/testing/ask'
import { startModelServer } from '@/server/models/testing/model-server'
import { plainFetch } from '@/server/models/testing/plain-fetch'

const root = fileURLToPath(new URL('../../../', import.meta.url))

describe('the scripted model server', () => {
  it('keeps its pace: 40 tokens at 5 ms, 50 ms to the first', async () => {
    const server = await startModelServer({
      script: () => ({ kind: 'tokens', tokens: 40, firstTokenMs: 50, perTokenMs: 5 }),
    })
    for (const options of [{}, { onDelta: () => {} }]) {
      const started = performance.now()
      expect((await askAt(server.url, options)).text).toBe('word '.repeat(40))
      const took = performance.now() - started
      expect(took).toBeGreaterThanOrEqual(50 + 39 * 5 - 2)
      expect(took).toBeLessThan(1_500)
    }
    await server.close()
  })

  it('runs as its own process and takes its script from another', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'model-server-'))
    const outfile = join(folder, 'main.mjs')
    const entry = join(root, 'server/models/testing/model-server-main.ts')
    await build({ entryPoints: [entry], outfile, bundle: true, platform: 'node', format: 'esm', alias: { '@': root } })
    const child = spawn(process.execPath, [outfile, '--keep', '10'], { stdio: ['ignore', 'pipe', 'inherit'] })
    const exited = new Promise<number | null>((resolve) => child.once('exit', resolve))
    const line = await new Promise<string>((resolve) => child.stdout.once('data', (data) => resolve(String(data))))
    const { url } = JSON.parse(line) as { url: string }
    const replies = [{ kind: 'text', text: 'from afar' }]
    await plainFetch(`${url}/_script`, { method: 'POST', body: JSON.stringify({ replies }) })
    expect((await askAt(url)).text).toBe('from afar')
    const seen = (await (await plainFetch(`${url}/_requests`)).json()) as { headers: Record<string, string> }[]
    expect(seen.map(({ headers }) => headers['idempotency-key'])).toEqual(['run1:write:m1'])
    child.kill('SIGTERM')
    expect(await exited).toBe(0)
    await rm(folder, { recursive: true })
  })
})
