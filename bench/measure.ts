import { cpus, totalmem } from 'node:os'
import path from 'node:path'
import { type Context, startLoad, undoEverything } from '@/bench/context'
import { type Options, readOptions } from '@/bench/options'
import { parts } from '@/bench/parts/all'
import { isReached, type PartResult } from '@/bench/result'
import { printPart } from '@/bench/table'

/** Runs the parts one after the other and returns the exit code: 0 measured, 1 something could not be, 2 misuse. */
export async function measure(args: string[]): Promise<number> {
  const options = readOptions(args)
  if ('problem' in options) {
    console.error(options.problem)
    console.error('usage: npm run bench -- [--only a,b,…] [--quick] [--json] [--profile <folder>]')
    return 2
  }
  const show = (text: string) => {
    if (!options.json) console.log(text)
  }
  const machine = describeMachine(options)
  show(
    `Baton bench: ${machine.cpus} × ${machine.cpu}, ${machine.memoryMb} MB, Node ${machine.node}${options.quick ? ', quick' : ''}`,
  )
  stopOnSignals()
  const load = await startLoad()
  const { profile } = options
  const nodeOptions: Context['nodeOptions'] = (part) =>
    profile === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${path.resolve(profile, part)}`]
  const context: Context = { options, load, nodeOptions, say: (line) => console.error(`bench: ${line}`) }
  const results: PartResult[] = []
  try {
    for (const part of parts.filter(({ name }) => options.only.includes(name))) {
      const result = await runPart(part, context)
      results.push(result)
      show(printPart(result))
    }
  } finally {
    await load.stop()
  }
  const judged = results.map((result) => ({
    ...result,
    rows: result.rows.map((row) => ({ ...row, reached: isReached(row) })),
  }))
  const goals = judged.flatMap(({ rows }) => rows).filter(({ reached }) => reached !== null)
  show(`\n${goals.filter(({ reached }) => reached).length} of ${goals.length} goals reached`)
  if (options.json) console.log(JSON.stringify({ machine, parts: judged }, null, 2))
  return results.some(({ error }) => error !== undefined) ? 1 : 0
}

/** Servers have a PostgreSQL that outlives everything but an orderly stop. */
function stopOnSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      undoEverything().finally(() => process.exit(130))
    })
  }
}

async function runPart(part: (typeof parts)[number], context: Context): Promise<PartResult> {
  const started = performance.now()
  context.say(`(${part.name}) ${part.title} …`)
  const head = { part: part.name, title: part.title }
  const seconds = () => (performance.now() - started) / 1000
  try {
    const rows = await part.run(context)
    return { ...head, rows, seconds: seconds() }
  } catch (error) {
    return { ...head, rows: [], seconds: seconds(), error: error instanceof Error ? error.message : String(error) }
  }
}

const describeMachine = ({ quick }: Options) => ({
  at: new Date().toISOString(),
  cpus: cpus().length,
  cpu: cpus()[0]?.model ?? 'unknown',
  memoryMb: Math.round(totalmem() / 1024 / 1024),
  node: process.version,
  quick,
})
