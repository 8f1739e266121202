import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { NodeError } from '@/engine/failure'
import type { Json, JsonObject } from '@/engine/json'
import { evaluate, evaluateBoolean, parseCondition } from './condition'
import { scopeOf } from './scope'

const data: JsonObject = {
  start: { n: 4, half: 0.5, text: 'Tea for two', ok: true, nothing: null, empty: '', digits: '42' },
  xs: [1, 2, 3],
  people: [
    { name: 'Ada', age: 36, tags: ['math'] },
    { name: 'Bob', age: 17 },
  ],
  byId: { a: 1, 'with space': 2, 7: 'seven' },
  skipped: null,
  same: { n: 4, half: 0.5, text: 'Tea for two', ok: true, nothing: null, empty: '', digits: '42' },
}

function compiled(source: string) {
  const parsed = parseCondition(source)
  if (!parsed.ok) throw new Error(`${source}: ${parsed.message}`)
  return parsed.condition
}

const run = (source: string, values: JsonObject = data): Json => evaluate(compiled(source), scopeOf(values))

function failureOf(action: () => unknown) {
  try {
    action()
  } catch (error) {
    if (error instanceof NodeError) return error.failure
    throw error
  }
  throw new Error('It did not fail.')
}

describe('one number type', () => {
  test.each<[string, Json]>([
    ['start.n % 2 == 0', true],
    ['start.n + 1', 5],
    ['size(xs) + start.n', 7],
    ['start.n / 3 * 3', 4],
    ['7 / 2', 3.5],
    ['start.half + 1', 1.5],
    ['1 == 1.0', true],
    ['2 * 2.5', 5],
    ['-start.n', -4],
    ['xs[start.n - 2]', 3],
    ['xs[size(xs) - 1] == 3', true],
    ['int("12") + int(3.7)', 15],
    ['double("1.5") * 2', 3],
    ['0x10', 16],
    ['3u + 1', 4],
    ['9007199254740993', 9007199254740992],
    ['string(start.n) + "!"', '4!'],
    ['start.n > 3.5 && start.n < 5', true],
    ['1 / 0', null],
    ['5 % 0', null],
  ])('%s is %j', (source, expected) => expect(run(source)).toEqual(expected))

  test('agrees with JavaScript on any two numbers', () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 })
    fc.assert(
      fc.property(number, number, (a, b) => {
        const values = { a, b }
        expect(run('a + b', values)).toBe(a + b)
        expect(run('a * b - a', values)).toBe(a * b - a)
        expect(run('a < b', values)).toBe(a < b)
        expect(run('a >= b', values)).toBe(a >= b)
        expect(run('[a == b, a != b]', values)).toEqual([a === b, a !== b])
      }),
    )
  })
})

describe('what is missing is null', () => {
  test.each<[string, Json]>([
    ['unknown', null],
    ['skipped.text', null],
    ['start.no.such.thing', null],
    ['xs[99]', null],
    ['xs[-1]', null],
    ['xs["0"]', null],
    ['start.text.length', null],
    ['skipped > 3', false],
    ['3 <= skipped', false],
    ['skipped == null', true],
    ['null == null', true],
    ['skipped != null', false],
    ['start.nothing == null', true],
    ['skipped.n + 1', null],
    ['-skipped.n', null],
    ['skipped.text.contains("a")', false],
    ['start.text.contains(skipped.word)', false],
    ['skipped.text.lowerAscii()', null],
    ['size(skipped)', null],
    ['size(skipped) == 0', false],
    ['!skipped.ok', true],
    ['skipped.ok && true', false],
    ['skipped.ok || start.ok', true],
    ['skipped.ok ? "yes" : "no"', 'no'],
    ['1 in skipped', false],
    ['skipped.all(x, x > 0)', false],
    ['skipped.exists(x, x > 0)', false],
    ['skipped.map(x, x)', null],
    ['people.filter(p, p.tags.size() > 0).size()', 1],
    ['start.constructor', null],
    ['start.__proto__', null],
    ['xs.constructor.constructor', null],
    ['start["__proto__"]["polluted"]', null],
    ['has(start.toString)', false],
  ])('%s is %j', (source, expected) => expect(run(source)).toEqual(expected))

  test('any path into any data gives the value there or null, never an exception', () => {
    const key = fc.oneof(fc.constantFrom('a', 'b', 'length', 'constructor', 'toString'), fc.nat(2))
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), fc.array(key, { maxLength: 4 }), (value, keys) => {
        const path = keys.map((k) => (typeof k === 'number' ? `[${k}]` : `["${k}"]`)).join('')
        const found = keys.reduce<unknown>((at, k) => {
          if (typeof at !== 'object' || at === null || (Array.isArray(at) && typeof k === 'string')) return undefined
          return Object.hasOwn(at, k) ? (at as { [key: string]: unknown })[k] : undefined
        }, value)
        expect(run(`root${path}`, { root: value as Json })).toEqual(found ?? null)
      }),
    )
  })
})

describe('the rest of the language', () => {
  test.each<[string, Json]>([
    ['1 == "1"', false],
    ['true != 1', true],
    ['start == same', true],
    ['xs == [1, 2, 3]', true],
    ['xs == [1, 2]', false],
    ['{"a": [1, {"b": null}]} == {"a": [1.0, {"b": null}]}', true],
    ['"a" < "b"', true],
    ['start.text.startsWith("Tea") && start.text.endsWith("two")', true],
    ['start.text.lowerAscii().contains("tea")', true],
    ['start.text.matches("^Tea .* two$")', true],
    ['start.text.matches("[0-9]")', false],
    ['start.text.size() == size(start.text)', true],
    ['size("😀é")', 2],
    ['" a,b ".trim().split(",")', ['a', 'b']],
    ['["a", "b"].join("-")', 'a-b'],
    ['"aXbX".replace("X", "--")', 'a--b--'],
    ['start.text.substring(0, 3).upperAscii()', 'TEA'],
    ['"hello".indexOf("l") + "hello".lastIndexOf("l")', 5],
    ['"a" + "b"', 'ab'],
    ['xs + [4]', [1, 2, 3, 4]],
    ['2 in xs && !(5 in xs)', true],
    ['"a" in byId', true],
    ['byId["with space"]', 2],
    ['byId[7]', 'seven'],
    ['has(start.nothing) && !has(start.other) && !has(skipped.deep.field)', true],
    ['xs.all(x, x > 0) && xs.exists(x, x == 2) && xs.exists_one(x, x > 2)', true],
    ['xs.exists_one(x, x > 1)', false],
    ['[].all(x, false)', true],
    ['xs.map(x, x * x)', [1, 4, 9]],
    ['xs.map(x, x > 1, x * 10)', [20, 30]],
    ['people.filter(p, p.age >= 18).map(p, p.name)', ['Ada']],
    [
      'xs.map(x, xs.map(y, x * y).filter(z, z > x))',
      [
        [2, 3],
        [4, 6],
        [6, 9],
      ],
    ],
    ['xs.map(x, x).map(x, [x].map(x, x + 1)[0])', [2, 3, 4]],
    ['byId.exists(key, key == "a")', true],
    ['start.ok ? {"n": start.n} : {}', { n: 4 }],
    ["r'a\\d' + '\\u00e9'", 'a\\dé'],
    ['bool("true") && dyn(true)', true],
    ['// a comment\nstart.ok', true],
  ])('%s is %j', (source, expected) => {
    const value = run(source)
    expect(value).toEqual(expected)
    expect(JSON.parse(JSON.stringify(value))).toEqual(expected)
  })

  test('a key named __proto__ is data, not a prototype', () => {
    const built = run('{"__proto__": {"polluted": true}}')
    expect(Object.keys(built as object)).toEqual(['__proto__'])
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })

  test.each([
    ['start.text > 3', 'compare text and a number'],
    ['start.text + start.n', 'string(…)'],
    ['start.n && true', 'needs true or false'],
    ['xs.all(x, x)', 'all() needs true or false'],
    ['"a" in start.text', 'contains'],
    ['start.n.contains("4")', 'contains() works on text'],
    ['int(start.text)', 'as a number'],
    ['start.text.matches(start.text + "(")', 'regular expression'],
  ])('%s fails with a sentence about it', (source, part) => {
    const failure = failureOf(() => run(source))
    expect(failure.code).toBe('condition_failed')
    expect(failure.message).toContain(part)
  })
})

describe('what is not a condition is refused when it is parsed', () => {
  test.each([
    ['', 'empty'],
    ['start.n >', 'Unexpected token: EOF'],
    ['loop.n', 'Reserved identifier: loop'],
    ['fetch("http://x")', 'no function fetch()'],
    ['start.text.padStart(3)', 'no function padStart()'],
    ['start.text.contains()', 'takes 1 arguments, not 0'],
    ['has(start)', 'has(node.field)'],
    ['xs.all(1, true)', 'iteration variable'],
    ['xs.map(x)', 'needs a variable and an expression'],
    ['start.text.matches("(")', 'regular expression'],
    ['start.text.matches("(?<=a)b")', 'regular expression'],
    ['b"bytes"', 'Bytes'],
    ['start.text == "a', 'Unterminated string'],
    ['"a" = "b"', 'Unexpected character'],
  ])('%s: %s', (source, part) => {
    const parsed = parseCondition(source)
    expect(parsed).toMatchObject({ ok: false, message: expect.stringContaining(part) })
  })
})

describe('a whole condition', () => {
  test('is true or false', () => {
    expect(evaluateBoolean(compiled('start.n == 4'), scopeOf(data))).toBe(true)
    expect(evaluateBoolean(compiled('skipped.ok == true'), scopeOf(data))).toBe(false)
  })

  test.each([
    ['start.n + 1', 'gave the number 5'],
    ['skipped.ok', 'gave null'],
    ['start.text', 'gave text'],
    ['xs', 'gave a list'],
    ['start', 'gave an object'],
  ])('%s is not_boolean and says what it gave', (source, part) => {
    const failure = failureOf(() => evaluateBoolean(compiled(source), scopeOf(data)))
    expect(failure.code).toBe('not_boolean')
    expect(failure.message).toContain(part)
    expect(failure.message).toContain(source)
  })
})
