/** Places of the interface that features fill. */
export { type Filling, fillSlots, type RailEntry, rail, Slot } from './slot.ts'
