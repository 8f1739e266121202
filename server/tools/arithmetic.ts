/** Its message says where the expression stops making sense. */
export class CalculationError extends Error {}

const functions: Readonly<Record<string, (...values: number[]) => number>> = {
  abs: Math.abs,
  acos: Math.acos,
  asin: Math.asin,
  atan: Math.atan,
  cbrt: Math.cbrt,
  ceil: Math.ceil,
  cos: Math.cos,
  exp: Math.exp,
  floor: Math.floor,
  ln: Math.log,
  log10: Math.log10,
  log2: Math.log2,
  max: Math.max,
  min: Math.min,
  round: (value = 0, digits = 0) => roundTo(value, digits),
  sign: Math.sign,
  sin: Math.sin,
  sqrt: Math.sqrt,
  sum: (...values) => values.reduce((total, value) => total + value, 0),
  tan: Math.tan,
  trunc: Math.trunc,
}
const variadic = new Set(['max', 'min', 'sum'])
const constants: Readonly<Record<string, number>> = { pi: Math.PI, e: Math.E }

/** Every level of parentheses, signs and powers is a level of our own stack. */
const depthLimit = 100

type Token = { text: string; at: number }
type Parser = { tokens: readonly Token[]; next: number; depth: number }

/** Plain arithmetic on numbers, and nothing else: there is no name in it that leads anywhere. */
export function calculate(expression: string): number {
  const parser: Parser = { tokens: tokensOf(expression), next: 0, depth: 0 }
  const value = sum(parser)
  const rest = parser.tokens[parser.next]
  if (rest) throw unexpected(rest)
  if (!Number.isFinite(value)) throw new CalculationError('the result is not a finite number.')
  return value
}

function tokensOf(expression: string): Token[] {
  const pattern = /\s*(?:(\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?|[A-Za-z_]\w*|\*\*|[-+*/%^(),])|$)/y
  const tokens: Token[] = []
  while (pattern.lastIndex < expression.length) {
    const start = pattern.lastIndex
    const match = pattern.exec(expression)
    if (!match) throw unexpected({ text: expression.slice(start).trim().slice(0, 1), at: start })
    if (match[1] !== undefined) tokens.push({ text: match[1], at: pattern.lastIndex - match[1].length })
  }
  return tokens
}

const peek = (parser: Parser): string | undefined => parser.tokens[parser.next]?.text

function take(parser: Parser, ...texts: string[]): string | undefined {
  const text = peek(parser)
  if (text === undefined || !texts.includes(text)) return undefined
  parser.next += 1
  return text
}

function sum(parser: Parser): number {
  let value = product(parser)
  for (let sign = take(parser, '+', '-'); sign; sign = take(parser, '+', '-')) {
    const right = product(parser)
    value = sign === '+' ? value + right : value - right
  }
  return value
}

function product(parser: Parser): number {
  let value = signed(parser)
  for (let sign = take(parser, '*', '/', '%'); sign; sign = take(parser, '*', '/', '%')) {
    const right = signed(parser)
    if (sign !== '*' && right === 0) throw new CalculationError('it divides by zero.')
    value = sign === '*' ? value * right : sign === '/' ? value / right : value % right
  }
  return value
}

/** Binds weaker than a power, as in mathematics: -2 ^ 2 is -4. */
function signed(parser: Parser): number {
  parser.depth += 1
  if (parser.depth > depthLimit) throw new CalculationError('it nests too deeply.')
  const sign = take(parser, '-', '+')
  const value = sign === '-' ? -signed(parser) : sign === '+' ? signed(parser) : power(parser)
  parser.depth -= 1
  return value
}

/** From right to left: 2 ^ 3 ^ 2 is 2 ^ 9. */
function power(parser: Parser): number {
  const base = primary(parser)
  return take(parser, '^', '**') ? base ** signed(parser) : base
}

function primary(parser: Parser): number {
  const token = parser.tokens[parser.next]
  if (!token) throw new CalculationError('it ends too early.')
  parser.next += 1
  if (/^[\d.]/.test(token.text)) return Number(token.text)
  if (token.text === '(') {
    const value = sum(parser)
    expectClose(parser)
    return value
  }
  if (/^\w/.test(token.text)) return named(parser, token)
  throw unexpected(token)
}

function named(parser: Parser, token: Token): number {
  const name = token.text.toLowerCase()
  if (!take(parser, '(')) {
    if (Object.hasOwn(constants, name)) return constants[name] ?? Number.NaN
    throw new CalculationError(`${token.text} is not known.`)
  }
  const call = Object.hasOwn(functions, name) ? functions[name] : undefined
  if (!call) throw new CalculationError(`the function ${token.text} is not known.`)
  const values = [sum(parser)]
  while (take(parser, ',')) values.push(sum(parser))
  expectClose(parser)
  const most = variadic.has(name) ? Number.POSITIVE_INFINITY : name === 'round' ? 2 : 1
  if (values.length > most) throw new CalculationError(`${name} takes ${most} value${most === 1 ? '' : 's'}.`)
  return call(...values)
}

function expectClose(parser: Parser): void {
  if (take(parser, ')')) return
  const token = parser.tokens[parser.next]
  throw token ? unexpected(token) : new CalculationError('a closing parenthesis is missing.')
}

function roundTo(value: number, digits: number): number {
  if (!Number.isInteger(digits) || Math.abs(digits) > 15) throw new CalculationError('round takes 0 to 15 digits.')
  // Through the decimal text: 1.005 * 100 is 100.49999999999999.
  const shifted = Math.round(Number(`${value}e${digits}`))
  const rounded = Number(`${shifted}e${-digits}`)
  return Number.isFinite(rounded) ? rounded : value
}

const unexpected = ({ text, at }: Token): CalculationError =>
  new CalculationError(`"${text}" at character ${at + 1} doesn't belong there.`)
