/** For tests: a conversation as the model of the server holds it, and what is asked of it. */
import type { Conversation, EventFrame, Id, Member, Message, Notice, Role } from '../../core/api/contract.ts'
import { compareIds, idSite } from '../../core/api/ids.ts'
import { freshConversation, freshMessage } from '../reducer/fresh.ts'
import { lateArrival } from '../reducer/late.ts'

export interface ModelRoom {
  id: Id
  kind: 'direct' | 'group'
  title: { text: string; id: Id }
  created: Id
  seq: number
  messages: Map<Id, Message>
  members: Map<Id, Member>
  /** What features keep of it, by their names. */
  kept: Map<string, unknown>
  /** What features add to the conversation as I have it, and to its messages. */
  shown: Partial<Conversation>
  added: Map<Id, Partial<Message>>
  registers: Map<string, Id>
  /** Texts that called me when they were sent, and what edits of them say. */
  calls: Map<Id, number>
  namesMe: Map<Id, { by: Id; names: boolean }>
  me: Id
  lastText: Id
  /** How far those who are gone had read. */
  left: Map<Id, number>
}

/** A conversation before anything happened in it. */
export function emptyRoom(id: Id): ModelRoom {
  return {
    id,
    kind: 'group',
    title: { text: '', id: '0' },
    created: '0',
    seq: 0,
    messages: new Map(),
    members: new Map(),
    kept: new Map(),
    shown: {},
    added: new Map(),
    registers: new Map(),
    calls: new Map(),
    namesMe: new Map(),
    me: '1',
    lastText: '0',
    left: new Map(),
  }
}

/** What a feature keeps, begun when it is first asked for. */
export function kept<T>(room: ModelRoom, name: string, begin: () => T): T {
  if (!room.kept.has(name)) room.kept.set(name, begin())
  return room.kept.get(name) as T
}

export function wins(room: ModelRoom, register: string, id: Id): boolean {
  const held = room.registers.get(register)
  if (held !== undefined && compareIds(held, id) > 0) return false
  room.registers.set(register, id)
  return true
}

export function notice(room: ModelRoom, event: EventFrame, what: Notice): void {
  room.messages.set(event.id, {
    ...emptyMessage(room, event),
    kind: 'notice',
    notice: what,
    seq: seqBefore(room, event.id),
  })
}

export function seqBefore(room: ModelRoom, id: Id): number {
  const texts = [...room.messages.values()].filter(message => message.kind === 'text' && compareIds(message.id, id) < 0)
  return texts.sort((a, b) => compareIds(a.id, b.id)).at(-1)?.seq ?? 0
}

export function ownAfter(room: ModelRoom, person: Id, id: Id): number {
  const own = [...room.messages.values()].filter(
    message => message.kind === 'text' && message.sender === person && compareIds(message.id, id) > 0,
  )
  return Math.max(0, ...own.map(message => message.seq))
}

export function emptyMessage(room: ModelRoom, event: EventFrame): Message {
  return {
    ...freshMessage,
    id: event.id,
    conversation: room.id,
    sender: event.actor ?? '0',
    seq: room.seq,
    arrived: 'arrived' in event ? lateArrival(event) : null,
  }
}

export function read(room: ModelRoom, person: Id | null, seq: number): void {
  const member = room.members.get(person ?? '0')
  if (member) room.members.set(member.person, { ...member, read_seq: Math.max(member.read_seq, seq) })
}

export function mark(room: ModelRoom, event: EventFrame, ids: Id[]): void {
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
export function catchUp(room: ModelRoom, event: EventFrame): void {
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

export function setRole(room: ModelRoom, person: Id, role: Role, id: Id): void {
  const member = room.members.get(person)
  if (wins(room, `role:${person}`, id) && member) room.members.set(person, { ...member, role })
}

export function sortedMessages(room: ModelRoom): Message[] {
  const all = [...room.messages.values()].sort((a, b) => compareIds(a.id, b.id))
  return all.map(unmarked => {
    const added = room.added.get(unmarked.id)
    const message = { ...unmarked, ...added }
    if (message.recalled)
      return {
        ...emptyMessage(room, { ...message, actor: message.sender } as never),
        seq: message.seq,
        arrived: message.arrived,
        recalled: message.recalled,
        ...added,
      }
    const gone = message.reply_to && room.messages.get(message.reply_to.id)?.recalled
    return gone && message.reply_to
      ? { ...message, reply_to: { ...message.reply_to, text: '', recalled: true } }
      : message
  })
}

/** Numbers of the texts that call me, that I have not read, and that call me still. */
function unreadCalls(room: ModelRoom, mine: Member): number[] {
  const isLeft = ([id, seq]: [Id, number]) =>
    seq > mine.read_seq && !room.messages.get(id)?.recalled && (room.namesMe.get(id)?.names ?? true)
  return [...room.calls].filter(isLeft).map(([, seq]) => seq)
}

export function conversationOf(room: ModelRoom, me: Id, mine: Member): Conversation {
  const texts = [...room.messages.values()]
    .filter(({ kind, seq }) => kind === 'text' && seq > mine.read_seq)
    .sort((a, b) => a.seq - b.seq)
  return {
    ...freshConversation,
    ...room.shown,
    id: room.id,
    kind: room.kind,
    title: room.title.text,
    peer: room.kind === 'direct' ? ([...room.members.keys()].find(person => person !== me) ?? me) : null,
    members: room.members.size,
    my_role: mine.role,
    last_seq: room.seq,
    read_seq: mine.read_seq,
    mention_seq: Math.max(0, ...unreadCalls(room, mine)),
    recalled_seqs: texts.filter(({ recalled }) => recalled).map(({ seq }) => seq),
    last_message: sortedMessages(room).at(-1) ?? null,
    created: room.created,
    joined: mine.joined,
    marks: mine.marks,
    hidden: Boolean(room.shown.hidden) && compareIds(room.registers.get('hidden') ?? '0', room.lastText) > 0,
  }
}
