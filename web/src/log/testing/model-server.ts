/**
 * For tests: a server in the fewest words, that knows the rules of docs/developers/protocol.md and answers fetches as of
 * any position. It computes each answer from the whole log, and orders by id where the latest by id wins.
 */
import type {
  ConversationPage,
  EventFrame,
  EventOf,
  EventType,
  Id,
  MembersPage,
  Message,
  MessagePage,
  Sync,
} from '../../core/api/contract.ts'
import { compareIds, idSite } from '../../core/api/ids.ts'
import type { PageRequest } from '../reducer/apply-messages.ts'
import { catchUp, conversationOf, emptyRoom, type ModelRoom, sortedMessages } from './model-room.ts'
import { ownAlone, pageParts, steps } from './models.ts'
import { pageOf, rangeOf } from './pages.ts'
import { meOf, personOf } from './people.ts'

export class ModelServer {
  readonly log: EventFrame[] = []
  readonly me: Id
  private readonly people: Id[]
  /** Of the log; another one when it was restored, or only restarted. */
  run: Id = '7'

  constructor(me: Id, people: Id[]) {
    this.me = me
    this.people = people
  }

  get pos(): number {
    return this.log.length
  }

  add<T extends EventType>(
    type: T,
    id: Id,
    actor: Id,
    data: EventOf<T>['data'],
    key: string | null = null,
  ): EventOf<T> {
    const event: EventOf<T> = { t: 'event', pos: this.log.length + 1, id, type, actor, key, ...this.cameFrom(id), data }
    this.log.push(event)
    return event
  }

  /** The model is site 1, or 0 where ids say nothing; what began elsewhere arrives as the latest there is. */
  private cameFrom(id: Id): { site?: number; arrived?: Id } {
    const site = idSite(id)
    const latest = this.log.reduce((high, event) => (compareIds(event.id, high) > 0 ? event.id : high), id)
    return site > 1 ? { site, arrived: latest } : {}
  }

  /** Whether an event reaches me. */
  reaches(event: EventFrame): boolean {
    const data = event.data as { conversation?: Id }
    if (!data.conversation) return true
    if (ownAlone.has(event.type)) return event.actor === this.me
    const before = roomAt(this.log.slice(0, event.pos - 1), data.conversation)
    const after = roomAt(this.log.slice(0, event.pos), data.conversation)
    return before.members.has(this.me) || after.members.has(this.me)
  }

  /** Conversations by id; `after` an empty id: from the first. */
  sync(pos: number, after: Id = '', limit = Number.POSITIVE_INFINITY): Sync {
    const ids = new Set(this.log.slice(0, pos).flatMap(event => conversationIn(event)))
    const fetched = [...ids]
      .flatMap(id => this.conversation(id, pos)?.conversation ?? [])
      .filter(
        ({ kind, last_seq, muted, pinned, hidden, draft }) =>
          kind === 'group' || last_seq > 0 || muted || pinned || hidden || draft !== null,
      )
      .sort((a, b) => compareIds(a.id, b.id))
    const [conversations, next] = pageOf(fetched, ({ id }) => id, after, limit)
    return {
      run: this.run,
      pos,
      site: '1',
      me: meOf(this.me),
      company: { id: '3', parent: null, name: 'Acme', kind: 'company', path: 'r.', rank: 0, people: 1, locale: null },
      conversations,
      people: this.people.map(id => personOf(id)),
      here: 1,
      home: { site: 1, name: 'Acme', address: '' },
      next,
    }
  }

  conversation(id: Id, pos: number, limit = Number.POSITIVE_INFINITY): ConversationPage | null {
    const room = roomAt(this.log.slice(0, pos), id)
    const mine = room.members.get(this.me)
    if (!mine) return null
    const page = this.members(id, pos, '', limit)
    const parts = pageParts.map(part => part(room))
    return page && Object.assign({ ...page, conversation: conversationOf(room, this.me, mine) }, ...parts)
  }

  members(id: Id, pos: number, after: Id, limit: number): MembersPage | null {
    const room = roomAt(this.log.slice(0, pos), id)
    if (!room.members.has(this.me)) return null
    const all = [...room.members.values()].sort((a, b) => compareIds(a.person, b.person))
    const [members, next] = pageOf(all, ({ person }) => person, after, limit)
    return { pos, members, next }
  }

  roomAt(id: Id): ModelRoom {
    return roomAt(this.log, id)
  }

  allMessages(id: Id): Message[] {
    return sortedMessages(roomAt(this.log, id))
  }

  conversations(): Id[] {
    return [...new Set(this.log.flatMap(conversationIn))]
  }

  messages(id: Id, pos: number, request: PageRequest, limit: number): MessagePage {
    const all = sortedMessages(roomAt(this.log.slice(0, pos), id))
    const [from, to] = rangeOf(all, request, limit)
    return { pos, messages: all.slice(from, to), more_before: from > 0, more_after: to < all.length }
  }
}

function roomAt(log: readonly EventFrame[], id: Id): ModelRoom {
  const room = emptyRoom(id)
  for (const event of log) {
    if (conversationIn(event)[0] !== id) continue
    steps[event.type as EventType]?.(room, event as never)
    catchUp(room, event)
  }
  return room
}

function conversationIn(event: EventFrame): Id[] {
  const data = event.data as { conversation?: Id }
  return data.conversation ? [data.conversation] : []
}
