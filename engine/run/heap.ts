/** A min-heap by `at`. Entries that became pointless are left in and dropped by the caller when they come up. */
export type Heap<T> = { at: number; item: T }[]

export function pushHeap<T>(heap: Heap<T>, at: number, item: T): void {
  heap.push({ at, item })
  let child = heap.length - 1
  while (child > 0) {
    const parent = (child - 1) >> 1
    if (!swapIfEarlier(heap, child, parent)) return
    child = parent
  }
}

export function popHeap<T>(heap: Heap<T>): T | undefined {
  const top = heap[0]
  const last = heap.pop()
  if (!top || !last) return undefined
  if (heap.length === 0) return top.item
  heap[0] = last
  let parent = 0
  for (;;) {
    const left = 2 * parent + 1
    const right = left + 1
    const earlier = (heap[right]?.at ?? Infinity) < (heap[left]?.at ?? Infinity) ? right : left
    if (earlier >= heap.length || !swapIfEarlier(heap, earlier, parent)) return top.item
    parent = earlier
  }
}

function swapIfEarlier<T>(heap: Heap<T>, child: number, parent: number): boolean {
  const a = heap[child]
  const b = heap[parent]
  if (!a || !b || a.at >= b.at) return false
  heap[child] = b
  heap[parent] = a
  return true
}
