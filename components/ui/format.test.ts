import { describe, expect, it } from 'vitest'
import { formatCost, formatCount, formatDuration, formatElapsed, formatRelative, formatSize, plural } from './format'

describe('numbers on screen', () => {
  it.each([
    [0, '0 ms'],
    [819.6, '820 ms'],
    [999.7, '1.0 s'],
    [1_234, '1.2 s'],
    [59_949, '59.9 s'],
    [59_960, '1m 00s'],
    [200_000, '3m 20s'],
    [3_599_900, '1h 00m'],
    [7_500_000, '2h 05m'],
    [273_600_000, '3d 4h'],
  ])('a duration of %d ms reads %s', (ms, text) => expect(formatDuration(ms)).toBe(text))

  it('shows what is unknown as a dash and never as nothing or zero', () => {
    expect(formatDuration(null)).toBe('—')
    expect(formatCost(null)).toBe('—')
    expect(formatCost(0)).toBe('$0')
  })

  it.each([
    [0.000_01, '<$0.0001'],
    [0.0031, '$0.0031'],
    [0.002, '$0.002'],
    [0.0312, '$0.031'],
    [1.254, '$1.25'],
    [1_234.5, '$1234.50'],
  ])('a cost of %d dollars reads %s', (dollars, text) => expect(formatCost(dollars)).toBe(text))

  it.each([
    [840, '840'],
    [12_400, '12.4k'],
    [2_000, '2k'],
    [999_960, '1M'],
    [1_250_000, '1.3M'],
  ])('a count of %d reads %s', (count, text) => expect(formatCount(count)).toBe(text))

  it('a running clock counts whole seconds and never below zero', () => {
    expect(formatElapsed(-500)).toBe('0 s')
    expect(formatElapsed(1_999)).toBe('1 s')
    expect(formatElapsed(61_999)).toBe('1m 01s')
  })

  it('says how long ago something was, and the date when it was long ago', () => {
    const now = Date.UTC(2026, 10, 20, 12)
    expect(formatRelative(now - 10_000, now)).toBe('just now')
    expect(formatRelative(now - 300_000, now)).toBe('5 minutes ago')
    expect(formatRelative(now - 86_400_000, now)).toBe('yesterday')
    expect(formatRelative(now + 7_200_000, now)).toBe('in 2 hours')
    expect(formatRelative(now - 30 * 86_400_000, now)).toBe('Oct 21, 2026')
  })

  it('counts things and sizes', () => {
    expect(plural(1, 'node')).toBe('1 node')
    expect(plural(2, 'reply', 'replies')).toBe('2 replies')
    expect(formatSize(4_200)).toBe('4.2 kB')
  })
})
