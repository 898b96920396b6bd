/**
 * For tests: a server in the fewest words, that knows the rules of docs/developers/protocol.md and answers fetches as of
 * any position. It computes each answer from the whole log, and orders by id where the latest by id wins.
 */
import type { EventFrame, EventOf, EventType } from '../../../../core/api/events.ts'
import { compareIds, idSite } from '../../../../core/api/ids.ts'
import type { ConversationAnswer, MessagesAnswer, SyncAnswer } from '../../../../core/api/routes.ts'
import type { Conversation, Id, Member, Message, Notice, Role } from '../../../../core/api/types.ts'
import type { PageRequest } from '../log/apply-messages.ts'
import { lateArrival } from '../log/late.ts'
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
    if (event.type === 'messaging.conversation_preferences_changed') return event.actor === this.me
    const before = roomAt(this.log.slice(0, event.pos - 1), data.conversation)
    const after = roomAt(this.log.slice(0, event.pos), data.conversation)
    return before.members.has(this.me) || after.members.has(this.me)
  }

  sync(pos: number): SyncAnswer {
    const ids = new Set(this.log.slice(0, pos).flatMap(event => conversationIn(event)))
    const fetched = [...ids].flatMap(id => this.conversation(id, pos)?.conversation ?? [])
    return {
      run: this.run,
      pos,
      site: '1',
      me: meOf(this.me),
      company: { id: '3', parent: null, name: 'Acme', kind: 'company', path: 'r.', rank: 0, people: 1 },
      conversations: fetched.sort((a, b) => compareIds(a.id, b.id)),
      people: this.people.map(personOf),
      here: 1,
      home: { site: 1, name: 'Acme', address: '' },
    }
  }

  conversation(id: Id, pos: number): ConversationAnswer | null {
    const room = roomAt(this.log.slice(0, pos), id)
    const mine = room.members.get(this.me)
    if (!mine) return null
    const members = [...room.members.values()].sort((a, b) => compareIds(a.person, b.person))
    return { pos, conversation: conversationOf(room, this.me, mine), members }
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

  messages(id: Id, pos: number, request: PageRequest, limit: number): MessagesAnswer {
    const all = sortedMessages(roomAt(this.log.slice(0, pos), id))
    const [from, to] = rangeOf(all, request, limit)
    return { pos, messages: all.slice(from, to), more_before: from > 0, more_after: to < all.length }
  }
}

export interface ModelRoom {
  id: Id
  kind: 'direct' | 'group'
  title: { text: string; id: Id }
  created: Id
  seq: number
  messages: Map<Id, Message>
  members: Map<Id, Member>
  registers: Map<string, Id>
  mention_seq: number
  flags: { muted: boolean; pinned: boolean; hidden: boolean }
  me: Id
  lastText: Id
  /** How far those who are gone had read. */
  left: Map<Id, number>
}

function roomAt(log: readonly EventFrame[], id: Id): ModelRoom {
  const room: ModelRoom = {
    id,
    kind: 'group',
    title: { text: '', id: '0' },
    created: '0',
    seq: 0,
    messages: new Map(),
    members: new Map(),
    registers: new Map(),
    mention_seq: 0,
    flags: { muted: false, pinned: false, hidden: false },
    me: '1',
    lastText: '0',
    left: new Map(),
  }
  for (const event of log) {
    if (conversationIn(event)[0] !== id) continue
    steps[event.type as EventType]?.(room, event as never)
    catchUp(room, event)
  }
  return room
}

type Step<T extends EventType> = (room: ModelRoom, event: EventOf<T>) => void

function wins(room: ModelRoom, register: string, id: Id): boolean {
  const held = room.registers.get(register)
  if (held !== undefined && compareIds(held, id) > 0) return false
  room.registers.set(register, id)
  return true
}

function notice(room: ModelRoom, event: EventFrame, what: Notice): void {
  room.messages.set(event.id, {
    ...emptyMessage(room, event),
    kind: 'notice',
    notice: what,
    seq: seqBefore(room, event.id),
  })
}

function seqBefore(room: ModelRoom, id: Id): number {
  const texts = [...room.messages.values()].filter(message => message.kind === 'text' && compareIds(message.id, id) < 0)
  return texts.sort((a, b) => compareIds(a.id, b.id)).at(-1)?.seq ?? 0
}

function ownAfter(room: ModelRoom, person: Id, id: Id): number {
  const own = [...room.messages.values()].filter(
    message => message.kind === 'text' && message.sender === person && compareIds(message.id, id) > 0,
  )
  return Math.max(0, ...own.map(message => message.seq))
}

function emptyMessage(room: ModelRoom, event: EventFrame): Message {
  return {
    id: event.id,
    conversation: room.id,
    sender: event.actor ?? '0',
    seq: room.seq,
    kind: 'text',
    content: null,
    notice: null,
    reply_to: null,
    edited: null,
    recalled: null,
    reactions: [],
    mentions: [],
    mentions_all: false,
    arrived: 'arrived' in event ? lateArrival(event) : null,
  }
}

function read(room: ModelRoom, person: Id | null, seq: number): void {
  const member = room.members.get(person ?? '0')
  if (member) room.members.set(member.person, { ...member, read_seq: Math.max(member.read_seq, seq) })
}

function mark(room: ModelRoom, event: EventFrame, ids: Id[]): void {
  const member = room.members.get(event.actor ?? '0')
  if (!member) return
  const bySite = new Map(member.marks.map(id => [idSite(id), id]))
  for (const id of ids.filter(each => compareIds(each, event.id) <= 0)) {
    const held = bySite.get(idSite(id))
    if (!held || compareIds(id, held) > 0) bySite.set(idSite(id), id)
  }
  room.members.set(member.person, { ...member, marks: [...bySite.values()].sort(compareIds) })
}

/** Who stands right before a text that counts as read stands behind it: those for whom an event may have made it so. */
function catchUp(room: ModelRoom, event: EventFrame): void {
  const isSent = event.type === 'messaging.message_sent'
  for (const member of [...room.members.values()]) {
    const acted = member.person === event.actor && (event.type === 'messaging.read_marked' || event.site !== undefined)
    let seq = member.read_seq
    while (acted || (isSent && seq === room.seq - 1)) {
      const next = [...room.messages.values()].find(({ kind, seq: number }) => kind === 'text' && number === seq + 1)
      if (!next || !countsAsRead(next.id, member)) break
      seq += 1
    }
    room.members.set(member.person, { ...member, read_seq: seq })
  }
}

function countsAsRead(id: Id, { joined, marks }: Member): boolean {
  if (compareIds(id, joined) < 0) return true
  return marks.some(each => idSite(each) === idSite(id) && compareIds(id, each) <= 0)
}

function setRole(room: ModelRoom, person: Id, role: Role, id: Id): void {
  const member = room.members.get(person)
  if (wins(room, `role:${person}`, id) && member) room.members.set(person, { ...member, role })
}

const steps: { [T in EventType]?: Step<T> } = {
  'messaging.conversation_created': (room, event) => {
    room.kind = event.data.kind
    room.title = { text: event.data.title, id: event.id }
    room.created = event.id
    for (const { person, role } of event.data.members) {
      wins(room, `member:${person}`, event.id)
      room.members.set(person, { person, role, joined: event.id, read_seq: 0, marks: [] })
    }
    if (room.kind === 'group') notice(room, event, { type: 'created', title: event.data.title })
  },
  'messaging.conversation_renamed': (room, event) => {
    notice(room, event, { type: 'renamed', title: event.data.title })
    if (compareIds(event.id, room.title.id) > 0) room.title = { text: event.data.title, id: event.id }
  },
  'messaging.members_added': (room, event) => {
    notice(room, event, { type: 'added', people: event.data.people })
    for (const person of event.data.people) {
      if (person === room.me) room.mention_seq = 0
      if (wins(room, `member:${person}`, event.id) && !room.members.has(person)) {
        const read_seq = Math.max(
          seqBefore(room, event.id),
          ownAfter(room, person, event.id),
          room.left.get(person) ?? 0,
        )
        room.members.set(person, { person, role: 'member', joined: event.id, read_seq, marks: [] })
      }
    }
  },
  'messaging.member_removed': (room, event) => {
    const { person } = event.data
    notice(room, event, event.actor === person ? { type: 'left' } : { type: 'removed', person })
    if (wins(room, `member:${person}`, event.id)) {
      room.left.set(person, Math.max(room.left.get(person) ?? 0, room.members.get(person)?.read_seq ?? 0))
      room.members.delete(person)
    }
    if (person === room.me) room.flags = { muted: false, pinned: false, hidden: false }
  },
  'messaging.member_role_changed': (room, event) => {
    notice(room, event, { type: 'role', person: event.data.person, role: event.data.role })
    setRole(room, event.data.person, event.data.role, event.id)
  },
  'messaging.owner_changed': (room, event) => {
    notice(room, event, { type: 'owner', person: event.data.person })
    if (!wins(room, 'owner', event.id)) return
    for (const member of [...room.members.values()]) {
      if (member.role === 'owner' && member.person !== event.data.person)
        setRole(room, member.person, 'member', event.id)
    }
    setRole(room, event.data.person, 'owner', event.id)
  },
  'messaging.message_sent': (room, event) => {
    const { content, mentions, mentions_all } = event.data
    room.seq += 1
    room.messages.set(event.id, {
      ...emptyMessage(room, event),
      content,
      mentions,
      mentions_all,
      reply_to: event.data.reply_to,
    })
    if (event.site) mark(room, event, [event.id, ...(event.data.seen ?? [])])
    else read(room, event.actor, room.seq)
    if (event.actor !== room.me && (mentions_all || mentions.includes(room.me))) room.mention_seq = room.seq
    if (compareIds(event.id, room.lastText) > 0) room.lastText = event.id
  },
  'messaging.message_edited': (room, event) => {
    const message = room.messages.get(event.data.message)
    if (!message || (message.edited && compareIds(message.edited, event.id) > 0)) return
    const { content, mentions, mentions_all } = event.data
    room.messages.set(message.id, { ...message, content, mentions, mentions_all, edited: event.id })
  },
  'messaging.message_recalled': (room, event) => {
    const message = room.messages.get(event.data.message)
    if (!message || (message.recalled && compareIds(message.recalled.id, event.id) < 0)) return
    room.messages.set(message.id, { ...message, recalled: { by: event.actor ?? '0', id: event.id } })
  },
  'messaging.reaction_set': (room, event) => {
    const { message: id, emoji, present } = event.data
    const message = room.messages.get(id)
    if (!message || !wins(room, `${id} ${emoji} ${event.actor}`, event.id)) return
    const flat = message.reactions.flatMap(r => r.people.map((who, i) => ({ emoji: r.emoji, who, id: r.ids[i] ?? '' })))
    const others = flat.filter(entry => entry.emoji !== emoji || entry.who !== event.actor)
    if (present) others.push({ emoji, who: event.actor ?? '0', id: event.id })
    others.sort((a, b) => compareIds(a.id, b.id))
    const emojis = [...new Set(others.map(entry => entry.emoji))]
    const reactions = emojis.map(name => {
      const of = others.filter(entry => entry.emoji === name)
      return { emoji: name, people: of.map(entry => entry.who), ids: of.map(entry => entry.id) }
    })
    room.messages.set(id, { ...message, reactions })
  },
  'messaging.read_marked': (room, event) => {
    const message = room.messages.get(event.data.through)
    if (event.site) mark(room, event, event.data.seen ?? [event.data.through])
    else if (message) read(room, event.actor, message.seq)
  },
  'messaging.conversation_preferences_changed': (room, event) => {
    if (event.actor !== room.me) return
    for (const field of ['muted', 'pinned', 'hidden'] as const) {
      const value = event.data[field]
      if (typeof value === 'boolean' && wins(room, field, event.id)) room.flags[field] = value
    }
  },
}

function sortedMessages(room: ModelRoom): Message[] {
  const all = [...room.messages.values()].sort((a, b) => compareIds(a.id, b.id))
  return all.map(message => {
    if (message.recalled)
      return {
        ...emptyMessage(room, { ...message, actor: message.sender } as never),
        seq: message.seq,
        arrived: message.arrived,
        recalled: message.recalled,
      }
    const gone = message.reply_to && room.messages.get(message.reply_to.id)?.recalled
    return gone && message.reply_to
      ? { ...message, reply_to: { ...message.reply_to, text: '', recalled: true } }
      : message
  })
}

function conversationOf(room: ModelRoom, me: Id, mine: Member): Conversation {
  return {
    id: room.id,
    kind: room.kind,
    title: room.title.text,
    peer: room.kind === 'direct' ? ([...room.members.keys()].find(person => person !== me) ?? me) : null,
    members: room.members.size,
    my_role: mine.role,
    last_seq: room.seq,
    read_seq: mine.read_seq,
    mention_seq: room.mention_seq,
    last_message: sortedMessages(room).at(-1) ?? null,
    ...room.flags,
    hidden: room.flags.hidden && compareIds(room.registers.get('hidden') ?? '0', room.lastText) > 0,
    created: room.created,
    joined: mine.joined,
    marks: mine.marks,
    sites: [],
  }
}

function rangeOf(all: readonly Message[], request: PageRequest, limit: number): [number, number] {
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

function conversationIn(event: EventFrame): Id[] {
  const data = event.data as { conversation?: Id }
  return data.conversation ? [data.conversation] : []
}
