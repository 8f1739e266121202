import { type Context, Drop, filters, type Liquid, toValue } from 'liquidjs'
import type { Json } from '@/engine/json'
import { print } from './print'

type Filter = Parameters<Liquid['registerFilter']>[1]
type FilterThis = ThisParameterType<Extract<Filter, (...args: never[]) => unknown>>

/** These take their values for text; the library would make `[object Object]` of an object. */
const textFilters = [
  ...['append', 'prepend', 'capitalize', 'downcase', 'upcase', 'lstrip', 'rstrip', 'strip', 'strip_newlines', 'squish'],
  ...['newline_to_br', 'strip_html', 'escape', 'escape_once', 'xml_escape', 'normalize_whitespace', 'number_of_words'],
  ...['remove', 'remove_first', 'remove_last', 'replace', 'replace_first', 'replace_last', 'split'],
  ...['truncate', 'truncatewords', 'url_encode', 'url_decode', 'cgi_escape', 'uri_escape', 'slugify'],
  ...['base64_encode', 'base64_decode', 'sha256', 'hmac_sha256'],
] as const

const fromTheEnd = ['remove_last', 'replace_last'] as const

const nestingFilters = ['push', 'unshift'] as const

const listTextFilters = ['join', 'array_to_sentence_string'] as const

/** Taken out: they evaluate code hidden in a text, which no check of references sees, or give another answer each time. */
const removedFilters = [
  ...['where_exp', 'reject_exp', 'group_by_exp', 'has_exp', 'find_exp', 'find_index_exp'],
  'sample',
]

const isStructure = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !(value instanceof Drop)

/** JSON of a value that a template may have built out of shared parts: its length is charged while it grows. */
export function printCharged(value: unknown, context: Context): string {
  const plain = toValue(value)
  if (!isStructure(plain)) {
    const text = print(plain as Json | undefined)
    context.memoryLimit.use(text.length)
    return text
  }
  return stringify(plain, context)
}

function stringify(value: unknown, context: Context, indent?: number): string {
  const text = JSON.stringify(
    value,
    (key, part: unknown) => {
      context.memoryLimit.use(key.length + (typeof part === 'string' ? part.length + 2 : 2))
      return part
    },
    indent,
  )
  return text ?? 'null'
}

function chargeParts(value: unknown, context: Context): void {
  context.memoryLimit.use(1)
  if (isStructure(value)) for (const part of Object.values(value as object)) chargeParts(part, context)
}

const asText = (value: unknown, context: Context): unknown =>
  isStructure(value) ? printCharged(value, context) : value

type Handler = (this: FilterThis, value: unknown, ...args: unknown[]) => unknown

const handlerOf = (name: string): Handler => {
  const filter = filters[name as keyof typeof filters] as Handler | { handler: Handler }
  return typeof filter === 'function' ? filter : filter.handler
}

export function registerFilters(liquid: Liquid): void {
  for (const name of removedFilters) delete liquid.filters[name]
  for (const name of textFilters) {
    const handler = handlerOf(name)
    liquid.registerFilter(name, function (this: FilterThis, value: unknown, ...args: unknown[]) {
      const texts = args.map((arg) => asText(arg, this.context))
      return handler.call(this, asText(value, this.context), ...texts)
    })
  }
  for (const name of listTextFilters) {
    const handler = handlerOf(name)
    liquid.registerFilter(name, function (this: FilterThis, value: unknown, ...args: unknown[]) {
      const items = Array.isArray(value) ? value.map((item) => asText(item, this.context)) : asText(value, this.context)
      return handler.call(this, items, ...args)
    })
  }
  for (const name of nestingFilters) {
    const handler = handlerOf(name)
    liquid.registerFilter(name, function (this: FilterThis, list: unknown, item: unknown) {
      // A list pushed into itself again and again is small in memory and endless to whoever walks through it.
      chargeParts(item, this.context)
      return handler.call(this, list, item)
    })
  }
  for (const name of fromTheEnd) {
    const handler = liquid.filters[name] as Handler
    liquid.registerFilter(name, function (this: FilterThis, value: unknown, ...args: unknown[]) {
      // The engine looks from every place anew: 6 s for 100,000 characters in 200,000.
      const [text, wanted] = [print(asText(value, this.context) as Json), print(asText(args[0], this.context) as Json)]
      this.context.memoryLimit.use((Math.max(0, text.length - wanted.length) * wanted.length) / 128)
      return handler.call(this, value, ...args)
    })
  }
  const slice = handlerOf('slice')
  liquid.registerFilter('slice', function (this: FilterThis, value: unknown, ...args: unknown[]) {
    return slice.call(this, Array.isArray(value) ? value : asText(value, this.context), ...args)
  })
  liquid.registerFilter('json', function (this: FilterThis, value: unknown, indent?: number) {
    return stringify(toValue(value), this.context, indent)
  })
  liquid.registerFilter('raw', (value: unknown) => value)
}
