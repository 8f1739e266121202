/** Brings a field of the form into sight and puts the cursor into it: the field itself, or what it lies in. */
export function focusField(form: HTMLElement, field: string): boolean {
  const parts = field.split('.')
  for (let length = parts.length; length > 0; length -= 1) {
    const name = parts.slice(0, length).join('.')
    const place = form.querySelector<HTMLElement>(`[data-field="${CSS.escape(name)}"]`)
    if (place === null) continue
    const controls = place.querySelectorAll<HTMLElement>('textarea, input, select, button[aria-haspopup]')
    place.scrollIntoView({ block: 'center' })
    controls[0]?.focus({ preventScroll: true })
    return true
  }
  return false
}

/** To the first value that the node is tried with, or, when it needs none, to the button that tries it. */
export function focusAlone(form: HTMLElement): void {
  const place = form.querySelector<HTMLElement>('[data-alone]')
  // `scrollIntoView` would move the page under it as well.
  const panel = place?.closest('[data-inspector]')
  if (place && panel) panel.scrollTop += place.getBoundingClientRect().top - panel.getBoundingClientRect().top
  const control = place?.querySelector<HTMLElement>('textarea') ?? place?.querySelector<HTMLElement>('button')
  control?.focus({ preventScroll: true })
}
