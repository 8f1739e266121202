import type { Stream } from '@/engine/run/delta'

type Streams = ReadonlyMap<string, Stream>

const byPath = new WeakMap<Streams, ReadonlyMap<string, readonly Stream[]>>()
const none: readonly Stream[] = []

/** The words under way at one path. Each of hundreds of cards asks, so they are sorted by path once for all of them. */
export function streamsOf(streams: Streams, path: string): readonly Stream[] {
  let sorted = byPath.get(streams)
  if (sorted === undefined) {
    sorted = Map.groupBy(streams.values(), (stream) => stream.path)
    byPath.set(streams, sorted)
  }
  return sorted.get(path) ?? none
}
