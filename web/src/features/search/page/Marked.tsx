import type { MarkedRange } from '@/core/api'

/** A text in which what was looked for stands out. */
export function Marked({ text, marks }: { text: string; marks: readonly MarkedRange[] }) {
  const parts = marks.flatMap(({ start, end }, index) => {
    const from = marks[index - 1]?.end ?? 0
    return [text.slice(from, start), <mark key={start}>{text.slice(start, end)}</mark>]
  })
  return (
    <>
      {parts}
      {text.slice(marks.at(-1)?.end ?? 0)}
    </>
  )
}
