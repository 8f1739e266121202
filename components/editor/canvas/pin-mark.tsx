import { Pin } from 'lucide-react'

/** Runs of the draft take the pinned output of this node. */
export const PinMark = () => (
  <span
    title="Its output is pinned: runs of the draft take that instead of running it."
    className="bg-accent-tint text-accent grid size-5 shrink-0 place-items-center rounded-full"
  >
    <Pin size={12} aria-label="Output pinned" />
  </span>
)
