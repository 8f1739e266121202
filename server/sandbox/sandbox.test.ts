import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { type FailureCode, NodeError } from '@/engine/failure'
import type { Json, JsonObject } from '@/engine/json'
import { type CodeJob, createSandbox } from '@/server/sandbox/sandbox'

// Two cores, shared with other test files: the real limit of a second could pass without the code having run.
const generous = 5_000
const sandbox = createSandbox()
afterAll(() => sandbox.close())

const start = (source: string, more: Partial<CodeJob> = {}) =>
  sandbox.runCode({ source, globals: {}, workspaceId: 'a', timeoutMs: generous, ...more })

const resultOf = async (source: string, globals: JsonObject = {}): Promise<Json> =>
  (await start(source, { globals })).value

async function failureOf(source: string, more: Partial<CodeJob> = {}): Promise<NodeError['failure']> {
  const error = await start(source, more).then(
    ({ value }) => `returned ${JSON.stringify(value)}`,
    (reason: unknown) => reason,
  )
  if (!(error instanceof NodeError)) throw new Error(`expected a NodeError, got ${String(error)}`)
  return error.failure
}

describe('code in the sandbox', () => {
  it('sees the input and the referenced nodes, and gives its result back', async () => {
    const globals = { input: { n: 2 }, research: { items: ['x', 'y'] } }
    expect(await resultOf('const total = input.n + research.items.length\nreturn { total }', globals)).toEqual({
      total: 4,
    })
  })

  it('returns any JSON value as it came in', async () => {
    const isStable = (value: unknown) => JSON.stringify(JSON.parse(JSON.stringify(value))) === JSON.stringify(value)
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 4 }).filter(isStable), async (value) => {
        expect(JSON.stringify(await resultOf('return input', { input: value as Json }))).toBe(JSON.stringify(value))
      }),
      { numRuns: 50 },
    )
  })

  it.each([
    ['return', null],
    ['', null],
    ['return undefined', null],
    ['return NaN', null],
    ['return [undefined, Infinity, () => 1]', [null, null, null]],
    ['return { a: undefined, b: new Date(0) }', { b: '1970-01-01T00:00:00.000Z' }],
    ['return "\\ud800"', '\ud800'],
    ['return 1 // the end', 1],
  ])('makes JSON of what %j gives back', async (source, value) => {
    expect(await resultOf(source)).toEqual(value)
  })

  it.each([
    ['return () => 1', /not JSON.*function/],
    ['return Symbol("x")', /not JSON.*symbol/],
    ['const a = {}; a.a = a; return a', /not JSON.*circular/],
    ['return 7n', /not JSON.*BigInt/],
    ['return JSON.parse("[".repeat(65) + "]".repeat(65))', /not JSON.*64 levels/],
    ['let a = []; for (let i = 0; i < 1e5; i++) a = [a]; return a', /nests too deeply/],
    ['\nthrow new Error("boom")', /^The code failed: Error: boom \(line 2\)$/],
    ['throw "plain"', /^The code failed: plain$/],
    ['throw new Error("out of memory")', /^The code failed: Error: out of memory/],
    ['throw null', /null/],
    ['throw { get message() { throw 1 } }', /cannot be shown/],
    ['return missing.field', /'missing' is not defined \(line 1\)/],
    ['return 1 +', /SyntaxError/],
    ['return await 1', /SyntaxError/],
    ['return (async () => 1)()', /promises are not available/],
    ['const f = () => f(); f()', /stack overflow/],
  ])('explains why %j fails', async (source, sentence) => {
    expect(await failureOf(source)).toEqual({ code: 'sandbox_error', message: expect.stringMatching(sentence) })
  })

  it('keeps what is logged, up to a limit', async () => {
    expect((await start('console.log("n is", { n: 1 }); console.error([2]); return 1')).logs).toEqual([
      'n is {"n":1}',
      '[2]',
    ])
    const { logs } = await start('for (let i = 0; i < 1e5; i++) console.log("line", i)')
    expect(logs.join('\n').length).toBeLessThan(21_000)
    expect(logs.at(-1)).toBe('… the rest was cut')
  })
})

describe('what code logs', () => {
  it('becomes a bounded number of lines, however short they are', async () => {
    const { logs } = await start('for (let i = 0; i < 1e4; i++) console.log(1); return 1')
    expect(logs).toHaveLength(101)
    expect(logs.at(-1)).toBe('… the rest was cut')
  })
})

describe('the limits of the sandbox', () => {
  it.each([
    'for (;;);',
    '/^(a+)+$/.test("a".repeat(50) + "b")',
    'return { toJSON() { for (;;); } }',
    'throw { get message() { for (;;); } }',
  ])('stops %j at its time limit', async (source) => {
    const started = performance.now()
    expect(await failureOf(source, { timeoutMs: 300 })).toMatchObject({ code: 'sandbox_timeout' })
    expect(performance.now() - started).toBeLessThan(3_000)
  })

  it('kills native code that does not look at the clock', async () => {
    // One comparison of a million times a million characters.
    const source = 'return "a".repeat(2e6).indexOf("a".repeat(1e6) + "b")'
    expect(await failureOf(source, { timeoutMs: 300 })).toMatchObject({ code: 'sandbox_timeout' })
  })

  it.each([
    'const all = []; for (let i = 0; i < 3e6; i++) all.push({ i }); return all.length',
    'const all = []; for (;;) all.push(new Array(1e5).fill(1))',
    'return Array.from({ length: 1e8 }, () => 1).sort().length',
    'const x = "x".repeat(1e7); return new Array(100).fill(x).join(x).length',
  ])('stops %j at its memory limit, and the next step works', async (source) => {
    expect(await failureOf(source, { timeoutMs: 20_000 })).toMatchObject({ code: 'sandbox_memory' })
    expect(await resultOf('return 1')).toBe(1)
  })

  it.each(['return "x".repeat(2000)', 'return "ü".repeat(600)', 'return new Array(600).fill(1)'])(
    'refuses a result larger than allowed: %j',
    async (source) => {
      expect(await failureOf(source, { maxOutputBytes: 1_000 })).toMatchObject({ code: 'too_large' })
    },
  )

  it('ends at once when the caller aborts, while it runs and while it waits', async () => {
    const controller = new AbortController()
    const endless = [1, 2, 3, 4, 5, 6].map(() =>
      failureOf('for (;;);', { signal: controller.signal, timeoutMs: 60_000 }),
    )
    while (sandbox.pids().length < 4) await new Promise(setImmediate)
    controller.abort()
    const codes: FailureCode[] = (await Promise.all(endless)).map(({ code }) => code)
    expect(new Set(codes)).toEqual(new Set(['cancelled']))
    expect((await failureOf('return 1', { signal: AbortSignal.abort() })).code).toBe('cancelled')
    expect(await resultOf('return 1')).toBe(1)
  })
})

describe('the walls of the sandbox', () => {
  it('shows nothing of the host inside', async () => {
    const names = [
      'process',
      'require',
      'module',
      'fetch',
      'Buffer',
      'setTimeout',
      'WebAssembly',
      'Promise',
      'queueMicrotask',
      'std',
      'os',
    ]
    expect(await resultOf(`return ${JSON.stringify(names)}.filter((name) => name in globalThis)`)).toEqual([])
  })

  it.each([
    'return (() => {}).constructor("return typeof process")()',
    'return console.log.constructor("return typeof process")()',
    'return input.constructor.constructor("return typeof process")()',
    'return new Function("return typeof process")()',
    'return (0, eval)("typeof process")',
  ])('leads %j back into the sandbox', async (source) => {
    expect(await resultOf(source, { input: {} })).toBe('undefined')
  })

  it('cannot be fooled by replaced built-ins', async () => {
    const source = `
      JSON.stringify = () => 'not json'
      String.prototype.toJSON = () => { throw 1 }
      Array.prototype.push = () => { throw 2 }
      Object.keys = () => { throw 3 }
      Object.defineProperty(Object.prototype, 'length', { get() { throw 4 } })
      return { fine: true }`
    expect(await resultOf(source)).toEqual({ fine: true })
  })

  it('leaves nothing behind for the next step of the same process', async () => {
    await resultOf('return 1')
    const before = sandbox.pids()
    expect(await resultOf('globalThis.kept = 1; Array.prototype.evil = 1; Object.prototype.evil = 1; return 1')).toBe(1)
    expect(await resultOf('return [typeof kept, [].evil ?? null, ({}).evil ?? null]')).toEqual([
      'undefined',
      null,
      null,
    ])
    expect(sandbox.pids()).toEqual(before)
  })

  it('keeps a hostile key of the input an ordinary key', async () => {
    const globals = JSON.parse('{"input":{"__proto__":{"evil":1}},"__proto__":{"evil":2}}') as JsonObject
    expect(await resultOf('return [({}).evil ?? null, typeof evil]', globals)).toEqual([null, 'undefined'])
  })
})

describe('processes of the sandbox', () => {
  it('never serves two workspaces with one process', async () => {
    const apart = createSandbox({ maxChildren: 1 })
    const pidsOf = async (workspaceId: string) => {
      await apart.runCode({ source: 'return 1', globals: {}, workspaceId, timeoutMs: generous })
      return apart.pids()
    }
    const first = await pidsOf('a')
    expect(await pidsOf('a')).toEqual(first)
    const other = await pidsOf('b')
    expect(other).toHaveLength(1)
    expect(other).not.toEqual(first)
    expect(await pidsOf('a')).not.toEqual(first)
    await apart.close()
    expect(apart.pids()).toEqual([])
  })

  it('answers many steps of several workspaces at once, each with its own data', async () => {
    const steps = Array.from({ length: 60 }, (_, i) => ({ workspaceId: `w${i % 3}`, globals: { input: i } }))
    const results = await Promise.all(steps.map((step) => start('return input * 2', step)))
    expect(results.map(({ value }) => value)).toEqual(steps.map((_, i) => i * 2))
    expect(sandbox.pids().length).toBeLessThanOrEqual(4)
  })

  it('closes processes that have nothing to do', async () => {
    const brief = createSandbox({ idleMs: 50 })
    await brief.runCode({ source: 'return 1', globals: {}, workspaceId: 'a', timeoutMs: generous })
    await expect.poll(() => brief.pids()).toEqual([])
    await brief.close()
  })

  it('goes on in a new process when one is killed from outside', async () => {
    await resultOf('return 1')
    for (const pid of sandbox.pids()) process.kill(pid, 'SIGKILL')
    await expect.poll(async () => resultOf('return 2').catch(() => 'lost')).toBe(2)
  })
})
