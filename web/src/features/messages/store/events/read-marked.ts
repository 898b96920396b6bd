import type { Rule } from '../log/rule.ts'
import { withRead } from './membership.ts'

/** The mark names a message; its number is known only when the message is held. Else a fetch must tell. */
export const readMarked: Rule<'messaging.read_marked'> = {
  header(header, event, about) {
    if (event.actor === null) return header
    const concernsMe = event.actor === about.me
    if (!concernsMe && !header.members) return header
    const seq = about.seqOf(event.data.through)
    if (seq === null) return { ...header, stale: true }
    return withRead(header, event.actor, seq, about.me)
  },
}
