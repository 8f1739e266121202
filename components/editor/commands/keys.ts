type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey' | 'code'>

/** Does the event mean this shortcut (`Mod+Shift+Z`)? Letters and digits go by the key that was pressed, whatever Shift makes of them. */
export function isPressed(event: Pressed, shortcut: string): boolean {
  const parts = shortcut === '+' ? ['+'] : shortcut.split('+')
  const key = parts.at(-1) ?? ''
  const wants = (name: string) => parts.slice(0, -1).includes(name)
  if ((event.ctrlKey || event.metaKey) !== wants('Mod')) return false
  if (event.altKey !== wants('Alt')) return false
  if (/^\d$/.test(key)) return event.shiftKey === wants('Shift') && event.code === `Digit${key}`
  if (/^[A-Z]$/.test(key)) return event.shiftKey === wants('Shift') && event.key.toUpperCase() === key
  // `?`, `/` and `+` need Shift on some keyboards and not on others.
  if (key.length === 1) return event.key === key
  return event.shiftKey === wants('Shift') && event.key === key
}

const signs: { readonly [part: string]: string } = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Delete: 'Del',
  Escape: 'Esc',
}

export function showKeys(shortcut: string, isMac: boolean): string {
  const parts = shortcut === '+' ? ['+'] : shortcut.split('+')
  const names = parts.map((part) => {
    if (part === 'Mod') return isMac ? '⌘' : 'Ctrl'
    if (part === 'Shift') return isMac ? '⇧' : 'Shift'
    if (part === 'Alt') return isMac ? '⌥' : 'Alt'
    return signs[part] ?? part
  })
  return names.join(isMac ? '' : ' ')
}

export const isMac = (): boolean => typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent)
