/** For tests: what a page holds. */

import type { Id, Message } from '../../core/api/contract.ts'
import { compareIds } from '../../core/api/ids.ts'
import type { PageRequest } from '../reducer/apply-messages.ts'

/** Where the page begins among all messages, and where it ends. */
export function rangeOf(all: readonly Message[], request: PageRequest, limit: number): [number, number] {
  const placeOf = (id: Id) => all.filter(message => compareIds(message.id, id) < 0).length
  if ('before' in request) return [Math.max(0, placeOf(request.before) - limit), placeOf(request.before)]
  if ('after' in request) {
    const start = all.filter(message => compareIds(message.id, request.after) <= 0).length
    return [start, Math.min(all.length, start + limit)]
  }
  if ('around' in request) {
    const middle = placeOf(request.around)
    return [Math.max(0, middle - (limit >> 1)), Math.min(all.length, middle + (limit >> 1) + 1)]
  }
  return [Math.max(0, all.length - limit), all.length]
}

/** Things after an id, as many as fit, and after which the next page begins; `after` empty: from the first. */
export function pageOf<T>(all: readonly T[], idOf: (thing: T) => Id, after: Id, limit: number): [T[], Id | null] {
  const left = after === '' ? all : all.filter(thing => compareIds(idOf(thing), after) > 0)
  const page = left.slice(0, limit)
  const last = page.at(-1)
  return [page, last && page.length < left.length ? idOf(last) : null]
}
