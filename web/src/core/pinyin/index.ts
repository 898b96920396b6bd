/** Finding Chinese by its sound. */
export { type Haystack, haystackOf, type Needle, needleOf } from './haystack.ts'
export { knownHaystackOf } from './known.ts'
export { matchRank, worstRank } from './match.ts'
export { loadReadings, type ReadingsState, useReadings } from './readings.ts'
export { spelledName } from './spelled.ts'
