export type PolicyFor = {
  nonce: string
  /** As the browser named this server: sockets to it are spelled out for browsers that don't take `self` for them. */
  host: string
  /** Next's dev server puts code into the page as text. */
  dev: boolean
  /** Origins that may show this page in a frame. */
  framers: readonly string[]
}

/**
 * What a page may do. Scripts run if they are files of ours or carry the nonce of this very answer: words of a model that
 * got past the renderer would still be no program. (Not `strict-dynamic`: it would let scripts that a script puts in come
 * from anywhere. That files which people uploaded are no scripts is seen to by the API.) Styles stay open, because
 * libraries that measure and place things write them; they reach nothing outside, as pictures, fonts and requests come
 * from here only.
 */
export function pagePolicy({ nonce, host, dev, framers }: PolicyFor): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'${dev ? " 'unsafe-eval'" : ''}`,
    "script-src-attr 'none'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self' ws://${host} wss://${host}`,
    "worker-src 'self'",
    "frame-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    `frame-ancestors ${framers.length === 0 ? "'none'" : framers.join(' ')}`,
  ].join('; ')
}

/** For files that pages are made of. A worker lives by the policy of its file, which has no nonce. */
export const filePolicy = "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
