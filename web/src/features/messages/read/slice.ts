import { caughtUp, withMarks, withRead } from '../../../log/reducer/reading.ts'
import type { Rule } from '../../../log/reducer/rule.ts'
import { slice } from '../../../log/slice.ts'

/** The mark names a message; its number is known only when the message is held. Else a fetch must tell. */
const marked: Rule<'messaging.read_marked'> = {
  header(header, event, about) {
    const { actor, site, data } = event
    if (actor === null || (actor !== about.me && !header.members)) return header
    if (site !== undefined) {
      const told = withMarks(header, actor, data.seen ?? [data.through], event, about.me)
      return caughtUp(told, actor, about)
    }
    const seq = about.seqOf(data.through)
    if (seq === null) return { ...header, stale: true }
    return caughtUp(withRead(header, actor, seq, about.me), actor, about)
  },
}

/** How far each member has read. */
export const read = slice({ name: 'read', rules: { 'messaging.read_marked': marked } })
