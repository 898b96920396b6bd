/** A place on the map, percent of its width and height. */
export interface Place {
  x: number
  y: number
}

export const middle: Place = { x: 50, y: 50 }

/** Every second one stands nearer when there are so many that their names would touch. */
const crowded = 8

/** Places for branches around headquarters, the first at the right, evenly on an ellipse. */
export function placesFor(count: number): Place[] {
  return Array.from({ length: count }, (_, index) => {
    const angle = (index / count) * 2 * Math.PI
    const reach = count > crowded && index % 2 === 1 ? 0.62 : 1
    return { x: 50 + 36 * reach * Math.cos(angle), y: 50 + 34 * reach * Math.sin(angle) }
  })
}
