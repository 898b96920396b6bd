/** A place on the map, percent of its width and height. */
export interface Place {
  x: number
  y: number
}

/** A little above the middle: names stand below. */
export const middle: Place = { x: 50, y: 43 }

/** Every second one stands nearer when there are so many that their names would touch. */
const crowded = 8

/** Places for branches around headquarters, evenly on an ellipse; none right above or below it, where there is little room. */
export function placesFor(count: number): Place[] {
  return Array.from({ length: count }, (_, index) => {
    const angle = (index / count) * 2 * Math.PI + (count % 4 === 0 ? Math.PI / count : 0)
    const reach = count === 1 ? 0.6 : count > crowded && index % 2 === 1 ? 0.62 : 1
    return { x: middle.x + 37 * reach * Math.cos(angle), y: middle.y + 32 * reach * Math.sin(angle) }
  })
}
