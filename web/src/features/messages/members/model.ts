/** For tests: who is in a conversation, as the model of the server has it. */

import type { Model } from '../../../log/testing/model.ts'
import { notice, ownAfter, seqBefore, setRole, wins } from '../../../log/testing/model-room.ts'
import { pick } from '../../../log/testing/random.ts'

export const model: Model = {
  steps: {
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
      if (person === room.me) Object.assign(room.shown, { muted: false, pinned: false, hidden: false, unread: false })
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
  },
  turns: [
    {
      share: 6,
      happen({ server, random, kind, people, members, conversation, actor, id }) {
        const others = people.filter(person => !members.includes(person))
        if (kind === 'direct' || others.length === 0) return
        server.add('messaging.members_added', id(), actor, { conversation, people: [pick(random, others)] })
      },
    },
    {
      share: 3,
      happen({ server, random, kind, members, conversation, actor, id }) {
        if (kind === 'direct' || members.length < 2) return
        const person = pick(random, members)
        const by = random() < 0.4 ? person : actor
        server.add('messaging.member_removed', id(), by, { conversation, person })
      },
    },
    {
      share: 3,
      happen({ server, random, kind, members, conversation, actor, id }) {
        const [person, role] = [pick(random, members), pick(random, ['admin', 'member'] as const)]
        if (kind === 'group') {
          server.add('messaging.member_role_changed', id(), actor, { conversation, person, role })
        }
      },
    },
    {
      share: 2,
      happen({ server, random, kind, members, conversation, actor, id }) {
        const person = pick(random, members)
        if (kind === 'group') server.add('messaging.owner_changed', id(), actor, { conversation, person })
      },
    },
  ],
}
