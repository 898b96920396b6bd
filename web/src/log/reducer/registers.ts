import type { Id } from '../../core/api/contract.ts'
import { compareIds } from '../../core/api/ids.ts'
import type { Revision } from './revision.ts'
import type { Header } from './state.ts'

/**
 * Claim a field for an event: the latest event by id wins, not the last to arrive. Returns null when a later one has it.
 *
 * What was fetched does not say which event set it. So an event older than others already in, for a field whose setter is
 * not known, is taken and the header marked stale: a fetch decides.
 */
export function claim(header: Header, field: string, event: { id: Id }): Header | null {
  const setter = header.registers[field]
  if (setter !== undefined && compareIds(setter, event.id) > 0) return null
  const late = setter === undefined && compareIds(event.id, header.newest) < 0
  return { ...header, registers: { ...header.registers, [field]: event.id }, stale: header.stale || late }
}

/** The same for a field of the site, outside of conversations: false when a later event has it. */
export function claimOfSite(revision: Revision, field: string, { id }: { id: Id }): boolean {
  const setter = revision.next.registers[field]
  if (setter !== undefined && compareIds(setter, id) > 0) return false
  revision.next.registers = { ...revision.next.registers, [field]: id }
  return true
}
