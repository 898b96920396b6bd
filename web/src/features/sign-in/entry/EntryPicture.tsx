const places: [x: number, y: number, size: number][] = [
  [150, 120, 26],
  [52, 62, 15],
  [246, 54, 17],
  [46, 178, 17],
  [240, 190, 15],
  [150, 24, 9],
  [282, 124, 9],
  [146, 216, 9],
]
const lines: [from: number, to: number][] = [
  [0, 1],
  [0, 2],
  [0, 3],
  [0, 4],
  [1, 5],
  [2, 5],
  [2, 6],
  [4, 6],
  [3, 7],
  [4, 7],
  [1, 3],
]

/** Branches and the lines between them, in the colours of the theme. */
export function EntryPicture({ className }: { className?: string }) {
  return (
    <svg className={className} viewBox="0 0 300 240" aria-hidden="true" fill="none" overflow="visible">
      {lines.map(([from, to]) => (
        <path
          key={`${from}-${to}`}
          d={curve(places[from], places[to])}
          stroke="var(--brand)"
          strokeOpacity={from === 0 ? 0.55 : 0.25}
          strokeWidth={1.5}
          strokeDasharray={from === 0 ? undefined : '3 5'}
        />
      ))}
      {places.map(([x, y, size]) => (
        <g key={`${x}-${y}`}>
          <circle cx={x} cy={y} r={size + 7} fill="var(--brand)" fillOpacity={0.1} />
          <circle cx={x} cy={y} r={size} fill="var(--bg)" stroke="var(--brand)" strokeWidth={1.5} />
          {size > 10 && <Bubble x={x} y={y} size={size} />}
        </g>
      ))}
    </svg>
  )
}

/** A speech bubble of three lines inside a place. */
function Bubble({ x, y, size }: { x: number; y: number; size: number }) {
  const half = size * 0.5
  return (
    <g stroke="var(--brand)" strokeWidth={size > 20 ? 3 : 2} strokeLinecap="round">
      <path d={`M${x - half} ${y - half * 0.55}h${half * 2}`} />
      <path d={`M${x - half} ${y}h${half * 1.4}`} strokeOpacity={0.65} />
      <path d={`M${x - half} ${y + half * 0.55}h${half * 1.7}`} strokeOpacity={0.4} />
    </g>
  )
}

function curve(from: (typeof places)[number] = [0, 0, 0], to: (typeof places)[number] = [0, 0, 0]): string {
  const [x1, y1] = from
  const [x2, y2] = to
  const bend = 0.12
  const cx = (x1 + x2) / 2 - (y2 - y1) * bend
  const cy = (y1 + y2) / 2 + (x2 - x1) * bend
  return `M${x1} ${y1}Q${cx} ${cy} ${x2} ${y2}`
}
