export type Answer = { status: number; body: Buffer }

const headEnd = Buffer.from('\r\n\r\n')

/**
 * Cuts a byte stream into HTTP answers. Only what a benchmark's servers send: a length or chunks, one answer at a time,
 * so that the load generator costs next to nothing beside what it measures.
 */
export function createAnswerReader(onAnswer: (answer: Answer) => void): (chunk: Buffer) => void {
  let pending: Buffer = Buffer.alloc(0)
  return (chunk) => {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk])
    for (;;) {
      const taken = takeAnswer(pending)
      if (!taken) return
      pending = pending.subarray(taken.length)
      onAnswer(taken.answer)
    }
  }
}

function takeAnswer(bytes: Buffer): { answer: Answer; length: number } | null {
  const end = bytes.indexOf(headEnd)
  if (end < 0) return null
  const head = bytes.toString('latin1', 0, end)
  const status = Number(head.slice(9, 12))
  const from = end + headEnd.length
  const given = /\r\ncontent-length: *(\d+)/i.exec(head)
  if (given) {
    const length = from + Number(given[1])
    return bytes.length < length ? null : { answer: { status, body: bytes.subarray(from, length) }, length }
  }
  if (/\r\ntransfer-encoding: *chunked/i.test(head)) return takeChunks(bytes, from, status)
  return { answer: { status, body: Buffer.alloc(0) }, length: from }
}

function takeChunks(bytes: Buffer, from: number, status: number): { answer: Answer; length: number } | null {
  const parts: Buffer[] = []
  for (let at = from; ; ) {
    const lineEnd = bytes.indexOf('\r\n', at)
    if (lineEnd < 0) return null
    const size = Number.parseInt(bytes.toString('latin1', at, lineEnd), 16)
    const next = lineEnd + 2 + size + 2
    if (bytes.length < next) return null
    if (size === 0) return { answer: { status, body: Buffer.concat(parts) }, length: next }
    parts.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size))
    at = next
  }
}
