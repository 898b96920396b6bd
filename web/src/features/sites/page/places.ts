/** A place on the map, percent of its width and height. */
export interface Place {
  x: number
  y: number
}

/** Where everything stands. */
export interface Layout {
  headquarters: Place
  branches: Place[]
  /** All in one row: half the height is enough. */
  isFlat: boolean
}

/** A little above the middle: names stand below. */
const height = 43
const flatHeight = 38

/** Every second one stands nearer when there are so many that their names would touch. */
const crowded = 8

/** One or two branches beside headquarters; more around it. */
export function layoutFor(count: number): Layout {
  if (count > 2) return { headquarters: { x: 50, y: height }, branches: around(count), isFlat: false }
  const [headquarters, branches] = count === 2 ? [50, [84, 16]] : [30, [70]]
  const inRow = (x: number) => ({ x, y: flatHeight })
  return { headquarters: inRow(headquarters), branches: branches.map(inRow), isFlat: true }
}

/** Evenly on an ellipse; none right above or below headquarters, where there is little room. */
function around(count: number): Place[] {
  return Array.from({ length: count }, (_, index) => {
    const angle = (index / count) * 2 * Math.PI + (count % 4 === 0 ? Math.PI / count : 0)
    const reach = count > crowded && index % 2 === 1 ? 0.62 : 1
    return { x: 50 + 37 * reach * Math.cos(angle), y: height + 32 * reach * Math.sin(angle) }
  })
}
