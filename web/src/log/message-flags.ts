import type { EventFrame, Flag, Id } from '../core/api/contract.ts'
import { flagsSet } from '../core/api/generated.ts'
import { compareIds } from '../core/api/ids.ts'
import { claim } from './reducer/registers.ts'
import type { About } from './reducer/rule.ts'
import type { Header } from './reducer/state.ts'
import { ConversationPart, type Slice } from './slice.ts'

type FlagType = keyof typeof flagsSet
export type FlagsName = (typeof flagsSet)[FlagType]

/** What the event of every flag says. */
interface FlagEvent extends EventFrame {
  data: { message: Id; present: boolean }
}

/**
 * Flags that members set on messages, for all in the conversation (pins): the server declares them, and this is all of them in the log
 * of the browser. The latest event about a message counts. A recalled message has no flag; whether one that is not held was recalled,
 * its own site knew when the flag was set here, and only a fetch can tell when it was set elsewhere.
 */
export class MessageFlags extends ConversationPart<readonly Flag[]> {
  readonly type: FlagType

  constructor(type: FlagType) {
    const name = flagsSet[type]
    super(name, [], ({ flags }) => flags[name] ?? [], {
      'messaging.message_recalled': (flags, { data }) => without(flags, data.message),
    })
    this.type = type
  }

  get slice(): Slice {
    return { name: this.name, rules: { [this.type]: { header: this.set.bind(this) } }, conversation: [this] }
  }

  private set(header: Header, event: FlagEvent, about: About): Header {
    const { message, present } = event.data
    const flags = this.of(header)
    const before = flags?.find(flag => flag.message === message)
    if (!flags || event.actor === null || (before && compareIds(before.id, event.id) > 0)) return header
    const claimed = claim(header, `${this.name} ${message}`, event)
    if (!claimed) return header
    if (!present || about.isRecalled(message)) return this.with(claimed, without(flags, message))
    const isDoubtful = event.site !== undefined && about.seqOf(message) === null
    const all = [...without(flags, message), { message, person: event.actor, id: event.id }]
    return this.with({ ...claimed, stale: claimed.stale || isDoubtful }, all.sort(byTime))
  }
}

/** The same list when it is not among them. */
function without(flags: readonly Flag[], message: string): readonly Flag[] {
  const others = flags.filter(flag => flag.message !== message)
  return others.length === flags.length ? flags : others
}

function byTime(a: Flag, b: Flag): number {
  return compareIds(b.id, a.id)
}

const all = Object.keys(flagsSet).map(type => new MessageFlags(type as FlagType))

/** Where a flag is in a conversation, the last set first. */
export function flagsNamed(name: FlagsName): MessageFlags {
  return all.find(flags => flags.name === name) as MessageFlags
}

export const flagSlices = all.map(({ slice }) => slice)
