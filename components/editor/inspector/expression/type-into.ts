type Typing = { before: string; text: string; caret: number; onChange: (text: string) => void }

/** As if it had been typed, so that the browser's own undo knows of it. */
export function typeInto(element: HTMLTextAreaElement | null, { before, text, caret, onChange }: Typing): void {
  if (element === null) {
    onChange(text)
    return
  }
  const { from, to, middle } = difference(before, text)
  element.focus()
  element.setSelectionRange(from, to)
  // At once: a frame later the next key may have been pressed already.
  if (document.execCommand('insertText', false, middle)) {
    element.setSelectionRange(caret, caret)
    return
  }
  onChange(text)
  requestAnimationFrame(() => element.value === text && element.setSelectionRange(caret, caret))
}

/** The piece in which two texts differ. */
function difference(before: string, after: string): { from: number; to: number; middle: string } {
  const shorter = Math.min(before.length, after.length)
  let from = 0
  while (from < shorter && before[from] === after[from]) from += 1
  let same = 0
  while (same < shorter - from && before.at(-1 - same) === after.at(-1 - same)) same += 1
  return { from, to: before.length - same, middle: after.slice(from, after.length - same) }
}
