import type { Client } from 'pg'
import type { BareSettings } from '@/bench/bare/bare-main'
import { runBody } from '@/bench/baton/api'
import { tenTransforms } from '@/bench/baton/graphs'
import { type Baton, startBaton } from '@/bench/baton/start'
import { startChild } from '@/bench/child'
import { type Context, fireAll, withCleanup } from '@/bench/context'
import type { Volley, VolleyResult } from '@/bench/load/volley'
import { pause } from '@/bench/machine/pause'
import { createDatabaseBeside, look, writingCommits } from '@/bench/machine/postgres'
import { cpuMsOf, pssMbOf } from '@/bench/machine/processes'
import { temporaryFolder } from '@/bench/machine/temporary'
import type { Part } from '@/bench/parts/part'
import type { Row } from '@/bench/result'
import { median } from '@/bench/stats'

const expected = { status: 200, text: '"output":"tea 1 2 3 4 5 6 7 8 9 10"' }

type Target = Omit<Volley, 'connections'>
type Side = { target: Target; pid: number }
type Sides = { bare: Side; baton: Side; server: Baton; bareUrl: string }
type Round = VolleyResult & { commits: number; serverCpuMs: number; postgresCpuMs: number }
type Level = { connections: number; bare: Round[]; baton: Round[] }

export const throughput: Part = {
  name: 'a',
  title: 'POST …/runs with wait: input, ten transforms, output',
  run: (context) =>
    withCleanup(async (later) => {
      const folder = temporaryFolder()
      later(folder.remove)
      const server = await startBaton({ dataDir: folder.path, nodeOptions: context.nodeOptions('a') })
      later(server.stop)
      const workflow = await server.api.publish(tenTransforms())
      const bareUrl = await createDatabaseBeside(server.databaseUrl, 'bench_bare')
      const settings: BareSettings = { url: bareUrl, lanes: 1 }
      const bare = await startChild<'port', number>('bare', settings)
      later(bare.stop)
      const target = (port: number, path: string): Target => ({
        host: '127.0.0.1',
        port,
        path,
        headers: { authorization: `Bearer ${server.key}` },
        body: runBody(60),
        expect: expected,
      })
      const path = `/api/v1/workflows/${workflow}/runs`
      const sides: Sides = {
        server,
        bareUrl,
        bare: { target: target(await bare.ask('port'), path), pid: bare.pid },
        baton: { target: target(server.port, path), pid: server.pid },
      }
      return measureAll(context, sides)
    }),
}

async function measureAll(context: Context, sides: Sides): Promise<Row[]> {
  const { quick } = context.options
  const rows: Row[] = [...(await measureLoad(context))]
  const levels: Level[] = []
  for (const connections of [1, 16, 64]) {
    const level = await alternate(context, sides, connections)
    levels.push(level)
    rows.push(...rowsOf(level))
  }
  const before = levels.at(-1)
  const stored = quick ? 5_000 : 100_000
  await fill(context, sides, stored)
  const after = await alternate(context, sides, 64)
  if (before) rows.push(...rowsAfter(before, after, stored))
  await pause(3_000)
  rows.push({
    id: 'a.memory',
    measure: `memory of all processes after all this (PSS)`,
    value: pssMbOf(sides.server.family()),
    unit: 'MB',
  })
  return rows
}

/** How far the load generator is from being what is measured. */
async function measureLoad(context: Context): Promise<Row[]> {
  const trivial = await startChild<'port', number>('trivial')
  try {
    const port = await trivial.ask('port')
    const { perSecond } = await fireAll(context, {
      host: '127.0.0.1',
      port,
      path: '/',
      headers: {},
      body: runBody(60),
      connections: 64,
      seconds: 1,
      expect: { status: 200, text: 'completed' },
    })
    const measure = 'the load generator against a server that only says 200'
    return [{ id: 'a.load', measure, value: perSecond, unit: 'requests/s' }]
  } finally {
    await trivial.stop()
  }
}

/** Bare and Baton take turns, so that whatever else the machine does hits both. */
async function alternate(context: Context, sides: Sides, connections: number): Promise<Level> {
  const { quick } = context.options
  const [rounds, seconds] = quick ? [2, 1] : [7, 2]
  await look(sides.bareUrl, (client) => client.query('truncate bare_run, bare_output'))
  return look(sides.server.databaseUrl, async (client) => {
    for (const side of [sides.bare, sides.baton]) await fireAll(context, { ...side.target, connections, seconds })
    const level: Level = { connections, bare: [], baton: [] }
    for (let round = 0; round < rounds; round++) {
      for (const name of ['bare', 'baton'] as const) {
        const { target, pid } = sides[name]
        const measured = { server: [pid], postgres: sides.server.postgres() }
        level[name].push(await measureRound(context, client, measured, { ...target, connections, seconds }))
      }
    }
    return level
  })
}

type Measured = { server: number[]; postgres: number[] }

async function measureRound(context: Context, client: Client, measured: Measured, volley: Volley): Promise<Round> {
  const cpu = () => ({ server: cpuMsOf(measured.server), postgres: cpuMsOf(measured.postgres) })
  const commitsBefore = await writingCommits(client)
  const before = cpu()
  const result = await fireAll(context, volley)
  const after = cpu()
  return {
    ...result,
    // Less the one that the question itself takes.
    commits: (await writingCommits(client)) - commitsBefore - 1,
    serverCpuMs: after.server - before.server,
    postgresCpuMs: after.postgres - before.postgres,
  }
}

const middle = (rounds: readonly Round[], value: (round: Round) => number) => median(rounds.map(value))
const speed = (rounds: readonly Round[]) => middle(rounds, ({ perSecond }) => perSecond)
/** Of neighbouring rounds, so that both saw the same machine. */
const ratio = ({ bare, baton }: Level) =>
  median(baton.map(({ perSecond }, index) => perSecond / (bare[index]?.perSecond ?? Number.NaN)))

function rowsOf(level: Level): Row[] {
  const { connections: c, bare, baton } = level
  const at = `at ${c}`
  const row = (id: string, measure: string, value: number, more: Pick<Row, 'unit' | 'goal'>): Row => ({
    id: `a.${id}.${c}`,
    measure: `${measure} ${at}`,
    value,
    ...more,
  })
  const commits = middle(baton, (round) => round.commits / round.answers)
  const cpu = (rounds: readonly Round[], of: 'serverCpuMs' | 'postgresCpuMs') =>
    middle(rounds, (round) => (round[of] / round.answers) * 1000)
  const used = (rounds: readonly Round[]) => cpu(rounds, 'serverCpuMs') + cpu(rounds, 'postgresCpuMs')
  const goals = {
    ratio: c === 64 ? { goal: { atLeast: 0.3 } } : {},
    p50: c === 1 ? { goal: { atMost: 4 } } : {},
    commits: c === 1 ? { goal: { atMost: 3 } } : c === 64 ? { goal: { below: 1 } } : {},
  }
  return [
    row('bare', 'bare server', speed(bare), { unit: 'runs/s' }),
    row('baton', 'Baton', speed(baton), { unit: 'runs/s' }),
    row('ratio', 'Baton / bare', ratio(level), { unit: '×', ...goals.ratio }),
    row(
      'p50',
      'Baton p50',
      middle(baton, (round) => round.p50),
      { unit: 'ms', ...goals.p50 },
    ),
    row(
      'p95',
      'Baton p95',
      middle(baton, (round) => round.p95),
      { unit: 'ms' },
    ),
    row(
      'bare.p50',
      'bare p50',
      middle(bare, (round) => round.p50),
      { unit: 'ms' },
    ),
    row(
      'bare.p95',
      'bare p95',
      middle(bare, (round) => round.p95),
      { unit: 'ms' },
    ),
    row('commits', 'writing commits per run', commits, { unit: 'commits', ...goals.commits }),
    row('ratio.cpu', 'the same by CPU time, PostgreSQL included', used(bare) / used(baton), { unit: '×' }),
    row('cpu', 'CPU of Baton per run', cpu(baton, 'serverCpuMs'), { unit: 'µs' }),
    row('cpu.bare', 'CPU of the bare server per run', cpu(bare, 'serverCpuMs'), { unit: 'µs' }),
    row('cpu.postgres', 'CPU of PostgreSQL per run of Baton', cpu(baton, 'postgresCpuMs'), { unit: 'µs' }),
    row('cpu.bare.postgres', 'CPU of PostgreSQL per run of the bare server', cpu(bare, 'postgresCpuMs'), {
      unit: 'µs',
    }),
  ]
}

/** Real runs, stored the way they come; then what autovacuum would do soon, so that it does not do it meanwhile. */
async function fill(context: Context, sides: Sides, wanted: number): Promise<void> {
  const stored = await look(sides.server.databaseUrl, async (client) => {
    const { rows } = await client.query<{ count: string }>('select count(*) from run')
    return Number(rows[0]?.count)
  })
  if (stored < wanted) {
    context.say(`storing ${wanted - stored} more runs`)
    await fireAll(context, { ...sides.baton.target, connections: 64, answers: wanted - stored })
  }
  await look(sides.server.databaseUrl, (client) => client.query('vacuum analyze'))
  await look(sides.server.databaseUrl, (client) => client.query('checkpoint'))
}

function rowsAfter(before: Level, after: Level, stored: number): Row[] {
  const runs = stored.toLocaleString('en')
  return [
    { id: 'a.full.baton', measure: `Baton at 64 after ${runs} stored runs`, value: speed(after.baton), unit: 'runs/s' },
    {
      id: 'a.full.bare',
      measure: 'bare server then (its tables emptied, as before)',
      value: speed(after.bare),
      unit: 'runs/s',
    },
    {
      id: 'a.full.kept',
      measure: `kept after ${runs} stored runs: Baton / bare then, against before`,
      value: (ratio(after) / ratio(before)) * 100,
      unit: '%',
      goal: { atLeast: 95 },
    },
    {
      id: 'a.full.raw',
      measure: 'the same without the bare server',
      value: (speed(after.baton) / speed(before.baton)) * 100,
      unit: '%',
    },
  ]
}
