/** A sentence of the engine: what stands in backquotes is a name in the graph. */
export function Words({ text }: { text: string }) {
  return text.split('`').map((part, index) =>
    index % 2 === 0 ? (
      part
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one sentence keep their places
      <code key={index} className="bg-sunken rounded px-1 font-mono text-[0.92em]">
        {part}
      </code>
    ),
  )
}
