import { describe, expect, it } from 'vitest'
import { answerToJson } from '@/server/outbound/answer-json'

const bodyOf = (type: string, body: Uint8Array) =>
  answerToJson({ status: 200, headers: { 'content-type': type }, body, url: 'http://a.example/' }).body

const utf8 = (text: string) => new TextEncoder().encode(text)

describe('answerToJson', () => {
  it('parses JSON by its content type, and leaves broken JSON as text', () => {
    expect(bodyOf('application/json; charset=utf-8', utf8('{"a":1}'))).toEqual({ a: 1 })
    expect(bodyOf('application/problem+json', utf8('[1]'))).toEqual([1])
    expect(bodyOf('application/json', utf8('{"a":'))).toBe('{"a":')
    expect(bodyOf('text/plain', utf8('{"a":1}'))).toBe('{"a":1}')
  })

  it('honours the charset and falls back to base64 for what is no text', () => {
    expect(bodyOf('text/html; charset=iso-8859-1', Uint8Array.of(0x6d, 0xfc, 0x64))).toBe('müd')
    expect(bodyOf('image/png', Uint8Array.of(0x89, 0x50, 0xff))).toEqual({ type: 'image/png', size: 3, base64: 'iVD/' })
    expect(bodyOf('text/plain; charset=nonsense', utf8('a'))).toMatchObject({ base64: 'YQ==' })
  })

  it('keeps JSON that nests too deeply for the rest of the system as text', () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    expect(bodyOf('application/json', utf8(deep))).toBe(deep)
  })
})
