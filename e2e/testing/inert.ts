import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** What in the page as it stands could run, leave for elsewhere, or hold another page. Nothing of that is ours. */
const harmful = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found: string[] = []
    const ran = Reflect.get(window, '__xss')
    if (ran !== undefined) found.push(`payload ${ran} ran`)
    const addresses = new Set(['href', 'xlink:href', 'src', 'srcset', 'action', 'formaction', 'data', 'poster', 'to'])
    for (const element of document.querySelectorAll('*')) {
      const name = element.localName
      if (['iframe', 'object', 'embed', 'base', 'frame', 'marquee', 'audio', 'video', 'animate', 'set'].includes(name))
        found.push(`<${name}>`)
      if (name === 'meta' && element.hasAttribute('http-equiv')) found.push('<meta http-equiv>')
      for (const { name: attribute, value } of element.attributes) {
        if (/^on/i.test(attribute)) found.push(`<${name} ${attribute}>`)
        if (attribute === 'srcdoc') found.push(`<${name} srcdoc>`)
        const compact = [...value].filter((letter) => letter > ' ').join('')
        if (addresses.has(attribute) && /^(javascript|vbscript|data:text)/i.test(compact))
          found.push(`<${name} ${attribute}="${value.slice(0, 60)}">`)
        if (attribute === 'style' && /url\(|expression|@import/i.test(value)) found.push(`<${name} style="${value}">`)
      }
      if (name === 'style' && /@import|url\(/i.test(element.textContent ?? '')) found.push('<style> from elsewhere')
      if (name === 'script' && /__xss/.test(element.textContent ?? '') && !element.hasAttribute('nonce'))
        found.push('<script>')
    }
    return found
  })

/** Waits until the page shows these words, then makes sure that they are only words. */
export async function expectInert(page: Page, where: string, words: readonly string[]): Promise<void> {
  const missing = async () => {
    const shown = await page.evaluate(() => {
      const fields = [...document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea')]
      return [document.body.textContent, ...fields.map(({ value }) => value)].join('\n')
    })
    return words.filter((word) => !shown.includes(word))
  }
  await expect.poll(missing, { message: `${where} shows the words`, timeout: 15_000 }).toEqual([])
  expect(await harmful(page), where).toEqual([])
}
