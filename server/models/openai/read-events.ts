const lineEnd = /\r\n|\n|\r/

/**
 * Server-sent events of a streamed answer: hands over the data of each as it completes. Resolves at `[DONE]`, or when the
 * stream ends. The SDK's own reader hands each piece through five generators, which costs more than everything else that
 * is done with it.
 */
export async function readEvents(
  body: AsyncIterable<Uint8Array>,
  onEvent: (data: string, event: string | null) => void,
): Promise<void> {
  const decoder = new TextDecoder()
  let rest = ''
  let data: string | null = null
  let event: string | null = null

  const takeLine = (line: string): 'more' | 'done' => {
    if (line === '') {
      const complete = data
      const name = event
      data = null
      event = null
      if (complete === '[DONE]') return 'done'
      if (complete !== null) onEvent(complete, name)
    } else if (line.startsWith('data:')) {
      const value = line.slice(line[5] === ' ' ? 6 : 5)
      data = data === null ? value : `${data}\n${value}`
    } else if (line.startsWith('event:')) event = line.slice(6).trim()
    return 'more'
  }

  for await (const chunk of body) {
    const text = rest + decoder.decode(chunk, { stream: true })
    // A line break may be cut in two: its first half alone is not yet one.
    const whole = text.endsWith('\r') ? text.slice(0, -1) : text
    const lines = whole.split(lineEnd)
    rest = (lines.pop() ?? '') + text.slice(whole.length)
    for (const line of lines) if (takeLine(line) === 'done') return
  }
  // Some servers leave out the last line breaks.
  for (const line of [...(rest + decoder.decode()).split(lineEnd), '']) if (takeLine(line) === 'done') return
}
