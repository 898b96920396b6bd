import type { Rule } from '../log/rule.ts'
import { caughtUp, withMarks, withRead } from './reading.ts'

/** The mark names a message; its number is known only when the message is held. Else a fetch must tell. */
export const readMarked: Rule<'messaging.read_marked'> = {
  header(header, event, about) {
    const { actor, site, data } = event
    if (actor === null || (actor !== about.me && !header.members)) return header
    if (site !== undefined) {
      const marked = withMarks(header, actor, data.seen ?? [data.through], event, about.me)
      return caughtUp(marked, actor, about)
    }
    const seq = about.seqOf(data.through)
    if (seq === null) return { ...header, stale: true }
    return caughtUp(withRead(header, actor, seq, about.me), actor, about)
  },
}
