import type { EventFrame, Id } from '../../core/api/contract.ts'

/** Who did it, of events that somebody does. Throws for one that nobody did: such an event is not whole. */
export function actorOf(event: EventFrame): Id {
  if (event.actor === null) throw new Error(`Nobody is the actor of ${event.type} at ${event.pos}`)
  return event.actor
}
