export type Opened = { add: (close: () => Promise<void>) => void; close: () => Promise<void> }

/** What has been opened so far, closed in the reverse order, once: whoever asks later waits for the same end. */
export function createOpened(): Opened {
  const closing: (() => Promise<void>)[] = []
  let closed: Promise<void> | null = null
  const closeAll = async () => {
    for (let close = closing.pop(); close; close = closing.pop()) await close()
  }
  return {
    add: (close) => void closing.push(close),
    close: () => {
      closed ??= closeAll()
      return closed
    },
  }
}
