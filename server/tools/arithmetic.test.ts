import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CalculationError, calculate } from '@/server/tools/arithmetic'

describe('calculate', () => {
  it.each([
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['10 - 4 - 3', 3],
    ['100 / 10 / 5', 2],
    ['7 % 4', 3],
    ['-7 % 4', -3],
    ['2 ^ 3 ^ 2', 512],
    ['2 ** -1', 0.5],
    ['-2 ^ 2', -4],
    ['(-2) ^ 2', 4],
    ['--3', 3],
    ['1.5e3 + .5', 1500.5],
    ['sqrt(16) + ABS(-2)', 6],
    ['min(3, 1, 2) + max(1)', 2],
    ['sum(1, 2, 3)', 6],
    ['round(2.5)', 3],
    ['round(1.005, 2)', 1.01],
    ['round(1234, -2)', 1200],
    ['2 * pi', 2 * Math.PI],
    ['ln(e)', 1],
    ['  ( ( 1 ) )  ', 1],
  ])('works out %s', (expression, value) => {
    expect(calculate(expression)).toBeCloseTo(value, 12)
  })

  it.each([
    ['', /ends too early/],
    ['1 +', /ends too early/],
    ['(1', /closing parenthesis/],
    ['1 2', /"2" at character 3/],
    ['1 $ 2', /"\$" at character 2/],
    ['max()', /"\)" at character 5/],
    ['sqrt(1, 2)', /sqrt takes 1 value\./],
    ['foo', /foo is not known/],
    ['foo(1)', /function foo is not known/],
    ['constructor', /not known/],
    ['constructor(1)', /not known/],
    ['__proto__', /not known/],
    ['1 / 0', /divides by zero/],
    ['1 % (2 - 2)', /divides by zero/],
    ['sqrt(-1)', /not a finite number/],
    ['9 ^ 9 ^ 9', /not a finite number/],
    [`${'('.repeat(500)}1${')'.repeat(500)}`, /nests too deeply/],
    ['-'.repeat(1_000), /nests too deeply/],
  ])('refuses %s', (expression, sentence) => {
    expect(() => calculate(expression)).toThrow(CalculationError)
    expect(() => calculate(expression)).toThrow(sentence)
  })

  it('agrees with JavaScript on any nesting of the four operations', () => {
    const { text } = fc.letrec((tie) => ({
      text: fc.oneof(
        { maxDepth: 5 },
        fc.integer({ min: 1, max: 99 }).map(String),
        fc
          .tuple(tie('text'), fc.constantFrom('+', '-', '*', '/'), tie('text'))
          .map(([a, sign, b]) => `(${a} ${sign} ${b})`),
      ),
    }))
    fc.assert(
      fc.property(text as fc.Arbitrary<string>, (expression) => {
        // Digits and operators made right here.
        const expected: number = Function(`return ${expression}`)()
        fc.pre(Number.isFinite(expected))
        expect(calculate(expression)).toBe(expected)
      }),
    )
  })

  it('fails with its own error on anything that is no arithmetic', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'12.e+-*/%^(), mapi$\n'), maxLength: 30 }), (expression) => {
        try {
          expect(Number.isFinite(calculate(expression))).toBe(true)
        } catch (error) {
          expect(error).toBeInstanceOf(CalculationError)
        }
      }),
    )
  })
})
