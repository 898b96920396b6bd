import type { Id } from '../../core/api/contract.ts'
import { idTime } from '../../core/api/ids.ts'

/** A message that came from another site longer than this after it was written is marked as late, ms. */
const lateAfterMs = 60_000

/** Whether something came so long after it was made that people should know. */
export function cameLate(id: Id, arrived: Id | null | undefined): boolean {
  return Boolean(arrived) && !id.startsWith('-') && idTime(arrived as Id) - idTime(id) > lateAfterMs
}

/** When it came, for what came late; else null. */
export function lateArrival({ id, arrived }: { id: Id; arrived?: Id }): Id | null {
  return arrived !== undefined && cameLate(id, arrived) ? arrived : null
}
