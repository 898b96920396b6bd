/** For tests: what each event type does to a conversation in the model of the server. */
import type { EventOf, EventType } from '../../../../core/api/events.ts'
import { compareIds } from '../../../../core/api/ids.ts'
import { emptyMessage, type ModelRoom, mark, notice, ownAfter, read, seqBefore, setRole, wins } from './model-room.ts'

/** The types that are about a conversation. */
type RoomEventType = Extract<EventType, `messaging.${string}`>

/** What an event does to its conversation. */
type Step<T extends EventType> = (room: ModelRoom, event: EventOf<T>) => void

/** Another event type of conversations is refused here until it has its step. */
export const steps: { readonly [T in RoomEventType]: Step<T> } = {
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
      if (person === room.me) room.calls.clear()
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
    if (event.actor !== room.me && (mentions_all || mentions.includes(room.me))) room.calls.set(event.id, room.seq)
    if (compareIds(event.id, room.lastText) > 0) room.lastText = event.id
  },
  'messaging.message_edited': (room, event) => {
    const before = room.namesMe.get(event.data.message)
    if (!before || compareIds(event.id, before.by) > 0) {
      const names = event.data.mentions_all || event.data.mentions.includes(room.me)
      room.namesMe.set(event.data.message, { by: event.id, names })
    }
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
