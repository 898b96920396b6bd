import { flagSlices } from '../log/message-flags.ts'
import type { Slice } from '../log/slice.ts'

const found = import.meta.glob<Record<string, unknown>>('../features/**/slice.ts', { eager: true })

/** What the log in the browser is made of: every slice, found by its `slice.ts`, and flags. Plain Node finds them in `tools/slices.ts`. */
export const slices = [...Object.values(found).flatMap(slicesIn), ...flagSlices]

/** A file may export parts of conversations beside its slice. */
function slicesIn(file: Record<string, unknown>): Slice[] {
  return Object.values(file).filter(
    (each): each is Slice => typeof each === 'object' && each !== null && 'rules' in each,
  )
}
