import { describe, expect, it } from 'vitest'
import { isTooDeep } from '@/engine/json-depth'

describe('isTooDeep', () => {
  it('counts arrays and objects, and no brackets inside text', () => {
    expect(isTooDeep('[{"a":[1]}]', 3)).toBe(false)
    expect(isTooDeep('[{"a":[1]}]', 2)).toBe(true)
    expect(isTooDeep('["[[[[", "\\"[[[", {"{{{":"\\\\"}]', 2)).toBe(false)
    expect(isTooDeep('[[],[],[],{}]', 2)).toBe(false)
  })

  it('reads very deep and very long text without trouble', () => {
    expect(isTooDeep(`${'['.repeat(1e6)}${']'.repeat(1e6)}`)).toBe(true)
    expect(isTooDeep(JSON.stringify('"\\'.repeat(1e6)))).toBe(false)
  })
})
