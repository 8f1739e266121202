import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Block, readBlocks, readSpans } from './markdown-blocks'

describe('words of a model', () => {
  it('are read as headings, paragraphs, lists, quotes and code', () => {
    const text = [
      '## Tea #',
      'It is',
      'a drink.',
      '- green',
      '- black',
      '  and smoked',
      '1. Boil',
      '2. Wait',
      '> said',
      '---',
      '```js',
      'let a = 1',
      '# no heading',
      '```',
      'End',
    ].join('\n')
    expect(readBlocks(text)).toEqual<Block[]>([
      { type: 'heading', level: 2, text: 'Tea' },
      { type: 'paragraph', text: 'It is\na drink.' },
      { type: 'list', ordered: false, items: ['green', 'black and smoked'] },
      { type: 'list', ordered: true, items: ['Boil', 'Wait'] },
      { type: 'quote', text: 'said' },
      { type: 'rule' },
      { type: 'code', text: 'let a = 1\n# no heading' },
      { type: 'paragraph', text: 'End' },
    ])
  })

  it('show code that has not ended yet as code, because they are read while they come', () => {
    expect(readBlocks('a\n```\nlet x')).toEqual([
      { type: 'paragraph', text: 'a' },
      { type: 'code', text: 'let x' },
    ])
  })

  it('may hold a table, in the middle of what is said', () => {
    const text = [
      'Teas:',
      '| Tea | Hot \\| cold | Price |',
      '|:---|:-:|--:|',
      '| **Green** | `hot` | 3 | 4 |',
      'Mint | cold',
      'End',
    ]
    expect(readBlocks(text.join('\n'))).toEqual<Block[]>([
      { type: 'paragraph', text: 'Teas:' },
      {
        type: 'table',
        align: ['left', 'center', 'right'],
        head: ['Tea', 'Hot | cold', 'Price'],
        rows: [
          ['**Green**', '`hot`', '3'],
          ['Mint', 'cold'],
        ],
      },
      { type: 'paragraph', text: 'End' },
    ])
  })

  it.each(['| a | b |', '| a | b |\n|---|', '| a |\n| b |', 'a\n---|', '|a|b|\n|--|x|', '```\n|a|b|\n|-|-|\n```'])(
    'are no table when they only look a little like one: %j',
    (text) => expect(readBlocks(text).some(({ type }) => type === 'table')).toBe(false),
  )

  it('may hold emphasis, code and links to the web', () => {
    expect(readSpans('**Hot** or `iced`, *please*: [see](https://example.org/tea?a=1)')).toEqual([
      { type: 'strong', text: 'Hot' },
      { type: 'text', text: ' or ' },
      { type: 'code', text: 'iced' },
      { type: 'text', text: ', ' },
      { type: 'em', text: 'please' },
      { type: 'text', text: ': ' },
      { type: 'link', text: 'see', href: 'https://example.org/tea?a=1' },
    ])
  })

  it.each(['[a](javascript:alert(1))', '[a](data:text/html,x)', '[a](/local)', '<b>a</b>', 'snake_case_name'])(
    'leave %s as it was written',
    (text) => expect(readSpans(text)).toEqual([{ type: 'text', text }]),
  )

  it('are read to the end, in linear time, whatever they are', () => {
    const piece = fc.constantFrom(
      '# ',
      '- ',
      '1. ',
      '> ',
      '```',
      '\n',
      '\n\n',
      '*',
      '**',
      '_',
      '`',
      '[a](http://b)',
      'word ',
      '---',
      '|',
      '|-|',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 200 }), (pieces) => {
        const text = pieces.join('')
        for (const block of readBlocks(text)) if ('text' in block) readSpans(block.text)
        expect(
          readSpans(text)
            .map((span) => span.text)
            .join('').length,
        ).toBeLessThanOrEqual(text.length)
      }),
    )
    const began = performance.now()
    readBlocks('- a\n'.repeat(20_000))
    readBlocks('|a|b|\n'.repeat(20_000))
    readBlocks('|a|\n|-|\n\n'.repeat(10_000))
    readBlocks(`${'|'.repeat(20_000)}\n${'|-'.repeat(20_000)}`)
    readSpans('*'.repeat(50_000))
    readSpans('['.repeat(50_000))
    expect(performance.now() - began).toBeLessThan(2_000)
  })
})
