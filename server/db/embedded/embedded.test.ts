import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Client } from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { embeddedUrl, readAddress, writeAddress } from '@/server/db/embedded/address'
import { type Embedded, startEmbedded } from '@/server/db/embedded/embedded'
import { livePostmaster } from '@/server/db/embedded/postmaster'
import { isRunning, until } from '@/server/db/embedded/process'

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

describe('the embedded PostgreSQL', () => {
  let folder: string
  let dataDir: string
  let lines: string[]
  let servers: Embedded[]
  const start = async () => {
    const server = await startEmbedded({ dataDir, log: (line) => lines.push(line) })
    servers.push(server)
    return server
  }
  const cluster = () => readAddress(dataDir)?.cluster ?? ''
  const postmaster = () => {
    const found = livePostmaster(cluster())
    if (!found) throw new Error('no server is running')
    return found
  }

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'baton-embedded-'))
    chmodSync(folder, 0o755)
    dataDir = path.join(folder, 'data')
    lines = []
    servers = []
  })
  afterEach(async () => {
    for (const server of servers) await server.stop()
    const place = cluster()
    if (place !== '' && !place.startsWith(folder)) rmSync(path.dirname(place), { recursive: true })
    rmSync(folder, { recursive: true })
  })

  test('keeps what was written over a stop and a start', async () => {
    const first = await start()
    await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer')
    await first.stop()
    expect(livePostmaster(cluster())).toBeNull()
    const second = await start()
    expect(await query(second.url, 'SELECT * FROM kept')).toEqual([{ answer: 42 }])
  })

  test('listens on the loopback address alone and wants its password', async () => {
    const { url } = await start()
    expect(await query(url, 'SHOW listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }])
    const wrong = new URL(url)
    wrong.password = 'wrong'
    await expect(query(wrong.href, 'SELECT 1')).rejects.toThrow(/password/)
    expect(statSync(path.join(dataDir, 'postgres.json')).mode & 0o777).toBe(0o600)
    expect(embeddedUrl(dataDir)).toBe(url)
  })

  test('never loses an acknowledged commit: what protects them is on', async () => {
    const { url } = await start()
    const settings = await query(
      url,
      "SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit') ORDER BY name",
    )
    expect(settings).toEqual([
      { name: 'fsync', setting: 'on' },
      { name: 'full_page_writes', setting: 'on' },
      { name: 'synchronous_commit', setting: 'on' },
    ])
  })

  test('runs in a process group of its own', async () => {
    await start()
    const { pid } = postmaster()
    expect(process.kill(-pid, 0)).toBe(true)
  })

  test('that outlived its Baton is taken over, not started twice', async () => {
    const first = await start()
    const { pid } = postmaster()
    const second = await start()
    expect(second.url).toBe(first.url)
    expect(postmaster().pid).toBe(pid)
    expect(lines.join('\n')).toContain('Took over')
  })

  test('that outlived its Baton and cannot be entered is stopped and started anew', async () => {
    await start()
    const { pid } = postmaster()
    const address = readAddress(dataDir)
    if (!address) throw new Error('no address')
    writeAddress(dataDir, { ...address, port: address.port + 1 })
    const second = await start()
    expect(isRunning(pid)).toBe(false)
    expect(await query(second.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  })

  test('that was killed comes back on the same address', async () => {
    const { url } = await start()
    await query(url, 'CREATE TABLE kept AS SELECT 42 AS answer')
    const { pid } = postmaster()
    process.kill(pid, 'SIGKILL')
    await until(() => !isRunning(pid), 5_000)
    const back = () =>
      query(url, 'SELECT * FROM kept').then(
        (rows) => rows.length === 1,
        () => false,
      )
    expect(await until(back, 15_000, 50)).toBe(true)
  })

  test('without its password file says what is missing and touches nothing', async () => {
    await (await start()).stop()
    const place = cluster()
    rmSync(path.join(dataDir, 'postgres.json'))
    await expect(start()).rejects.toThrow(/postgres\.json.* is missing/)
    expect(existsSync(place)).toBe(true)
  })

  test.runIf(process.getuid?.() === 0)('as root, in a folder closed to others, keeps its data outside', async () => {
    const closed = path.join(folder, 'closed')
    mkdirSync(closed, { mode: 0o700 })
    dataDir = path.join(closed, 'data')
    const first = await start()
    await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer')
    await first.stop()
    expect(cluster().startsWith(folder)).toBe(false)
    expect(lines.join('\n')).toContain(path.dirname(cluster()))
    const second = await start()
    expect(await query(second.url, 'SELECT * FROM kept')).toEqual([{ answer: 42 }])
  })
})
