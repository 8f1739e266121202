import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readable } from './readable'

describe('a text on the picture of a share link', () => {
  it('is shown as it is when the font has its letters', () => {
    for (const text of ['Brief writers', 'Größe & Maß – “quoted”', 'Отчёт', 'Giải pháp'])
      expect(readable(text, 70)).toBe(text)
  })

  it('is left out when most of it could not be drawn', () => {
    for (const text of ['研究チーム', '🎉🎉', '', '   ', 'تقرير']) expect(readable(text, 70)).toBeNull()
  })

  it('loses what can not be drawn, so that no font is asked for, and is never longer than its room', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'aé研🎉ع ', '\n') }),
        fc.integer({ min: 4, max: 90 }),
        (text, most) => {
          const shown = readable(`Plain words ${text}`, most)
          if (shown === null) return
          expect(shown.length).toBeLessThanOrEqual(most)
          expect(shown).not.toMatch(/[\u3040-\u9fff\ud800-\udfff\u0590-\u06ff]/)
        },
      ),
    )
  })
})
