import type { Language } from '../form/purpose'

export type EditorLanguage = Language | 'code' | 'json' | 'plain'

export type TokenKind =
  | ('plain' | 'mark' | 'name' | 'field' | 'text' | 'number' | 'word' | 'call' | 'sign')
  | ('key' | 'comment')
export type Token = { kind: TokenKind; text: string }

type Rule = readonly [TokenKind, RegExp]

const quoted = /"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?/y
const number = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const space: Rule = ['plain', /\s+/y]
const sign: Rule = ['sign', /[^\s\w"'`]/y]
const field: Rule = ['field', /(?<=\.\s*)[A-Za-z_]\w*(?!\w*\s*\()/y]
const call: Rule = ['call', /[A-Za-z_]\w*(?=\s*\()/y]
const name: Rule = ['name', /[A-Za-z_]\w*/y]

const liquidWords =
  'if|elsif|else|endif|unless|endunless|case|when|endcase|for|endfor|break|continue|in|assign|capture|endcapture|and|or|not|contains|true|false|nil|null|blank|empty|comment|endcomment|raw|endraw|cycle|increment|decrement|limit|offset|reversed|echo|tablerow|endtablerow'
const codeWords =
  'const|let|var|function|return|if|else|for|of|in|while|do|break|continue|switch|case|default|new|typeof|instanceof|try|catch|finally|throw|true|false|null|undefined|class|this|delete|void'

const wordsOf = (words: string): Rule => ['word', new RegExp(`(?<![.\\w])(?:${words})(?!\\w)`, 'y')]

const liquid: readonly Rule[] = [
  space,
  ['text', quoted],
  ['number', number],
  ['call', /(?<=\|\s*)[A-Za-z_]\w*/y],
  wordsOf(liquidWords),
  field,
  name,
  sign,
]
const cel: readonly Rule[] = [
  space,
  ['comment', /\/\/[^\n]*/y],
  ['text', quoted],
  ['number', number],
  wordsOf('true|false|null|in'),
  field,
  call,
  name,
  sign,
]
const code: readonly Rule[] = [
  space,
  ['comment', /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/y],
  ['text', /"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?|`(?:[^`\\]|\\.)*`?/y],
  ['number', number],
  wordsOf(codeWords),
  field,
  call,
  name,
  sign,
]
const json: readonly Rule[] = [
  space,
  ['key', /"(?:[^"\\\n]|\\.)*"(?=\s*:)/y],
  ['text', quoted],
  ['number', /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y],
  ['word', /(?:true|false|null)(?!\w)/y],
  ['plain', /\w+/y],
  sign,
]

/** Colours are an aid: whatever is written, the tokens put together are the text. */
export function tokenize(text: string, language: EditorLanguage): readonly Token[] {
  switch (language) {
    case 'plain':
      return text === '' ? [] : [{ kind: 'plain', text }]
    case 'text':
      return inTemplates(text, 'plain')
    case 'structure':
      return scan(text, json).flatMap((token) => (token.kind === 'text' ? inTemplates(token.text, 'text') : [token]))
    case 'json':
      return scan(text, json)
    case 'code':
      return scan(text, code)
    case 'condition':
    case 'value':
      return scan(text, cel)
  }
}

/** Text with `{{ outputs }}` and `{% tags %}`; an open one reaches to the end of its line. */
function inTemplates(text: string, around: TokenKind): readonly Token[] {
  const tokens: Token[] = []
  let end = 0
  for (const match of text.matchAll(/(\{\{-?|\{%-?)([\s\S]*?)(-?\}\}|-?%\}|(?=\n|$)|(?=\{\{|\{%))/g)) {
    const [whole, open = '', inside = '', close = ''] = match
    push(tokens, around, text.slice(end, match.index))
    push(tokens, 'mark', open)
    tokens.push(...scan(inside, liquid))
    push(tokens, 'mark', close)
    end = match.index + whole.length
  }
  push(tokens, around, text.slice(end))
  return tokens
}

function scan(text: string, rules: readonly Rule[]): readonly Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    const found = matchAt(text, at, rules)
    push(tokens, found?.kind ?? 'plain', found?.text ?? text[at] ?? '')
    at += found?.text.length ?? 1
  }
  return tokens
}

function matchAt(text: string, at: number, rules: readonly Rule[]): Token | null {
  for (const [kind, pattern] of rules) {
    pattern.lastIndex = at
    const match = pattern.exec(text)?.[0]
    if (match !== undefined && match !== '') return { kind, text: match }
  }
  return null
}

function push(tokens: Token[], kind: TokenKind, text: string): void {
  if (text === '') return
  const last = tokens.at(-1)
  if (last?.kind === kind && kind === 'plain') tokens[tokens.length - 1] = { kind, text: last.text + text }
  else tokens.push({ kind, text })
}
