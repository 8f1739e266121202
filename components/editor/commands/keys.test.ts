import { expect, it } from 'vitest'
import { actions } from '@/components/editor/commands/actions'
import { isPressed, showKeys } from '@/components/editor/commands/keys'

const press = (key: string, held: { ctrl?: true; shift?: true; alt?: true } = {}, code = '') => ({
  key,
  code,
  ctrlKey: held.ctrl ?? false,
  metaKey: false,
  shiftKey: held.shift ?? false,
  altKey: held.alt ?? false,
})

it('hears letters whatever Shift makes of them', () => {
  expect(isPressed(press('Z', { ctrl: true, shift: true }), 'Mod+Shift+Z')).toBe(true)
  expect(isPressed(press('z', { ctrl: true }), 'Mod+Shift+Z')).toBe(false)
  expect(isPressed(press('c'), 'C')).toBe(true)
  expect(isPressed(press('c', { ctrl: true }), 'C')).toBe(false)
})

it('hears signs on every keyboard', () => {
  expect(isPressed(press('?', { shift: true }), '?')).toBe(true)
  expect(isPressed(press('/'), '/')).toBe(true)
  expect(isPressed(press('/', { shift: true }), '/')).toBe(true)
  expect(isPressed(press('+', { shift: true }), '+')).toBe(true)
  expect(isPressed(press('!', { shift: true }, 'Digit1'), 'Shift+1')).toBe(true)
})

it('gives no two actions the same keys', () => {
  const keys = actions.flatMap((action) => action.keys)
  expect(new Set(keys).size).toBe(keys.length)
})

it('shows keys as they stand on the keyboard', () => {
  expect(showKeys('Mod+Shift+Z', true)).toBe('⌘⇧Z')
  expect(showKeys('Mod+Shift+Z', false)).toBe('Ctrl Shift Z')
  expect(showKeys('+', false)).toBe('+')
})
