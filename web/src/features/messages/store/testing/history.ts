/** For tests: a random but plausible history of a site, one event at a time. */
import type { Content, Id } from '../../../../core/api/types.ts'
import { ModelServer } from './model-server.ts'

export type Random = () => number

/** Repeatable random numbers (mulberry32), so that a failing history can be run again. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

export function pick<T>(random: Random, from: readonly T[]): T {
  return from[Math.floor(random() * from.length)] as T
}

export function textContent(text: string): Content {
  return { blocks: [{ type: 'paragraph', spans: [{ type: 'text', text }] }] }
}

const people = ['1', '2', '3', '4', '5']
const emojis = ['👍', '🎉', '好']

export class History {
  readonly server = new ModelServer('1', people)
  private clock = 1000
  private readonly used = new Set<string>()
  private readonly random: Random
  /** Share of events whose id is older than what arrived before: they come from another site. */
  private readonly late: number

  constructor(random: Random, late: number) {
    this.random = random
    this.late = late
    this.server.add('messaging.conversation_created', this.id(), '1', {
      conversation: '500',
      kind: 'group',
      title: 'First',
      members: people.slice(0, 4).map(person => ({ person, role: person === '1' ? 'owner' : 'member' })),
    })
    this.server.add('messaging.conversation_created', this.id(), '2', {
      conversation: '-77',
      kind: 'direct',
      title: '',
      members: [
        { person: '1', role: 'member' },
        { person: '2', role: 'member' },
      ],
    })
  }

  /** Let something happen. */
  step(): void {
    const conversation = pick(this.random, this.conversations())
    const room = this.server.roomAt(conversation)
    const members = [...room.members.keys()]
    if (members.length === 0) return
    const actor = pick(this.random, members)
    const chance = this.random()
    if (chance < 0.4) this.send(conversation, actor)
    else if (chance < 0.75) this.change(conversation, actor)
    else if (chance < 0.82 || room.kind === 'direct') this.mark(conversation, actor)
    else if (chance < 0.98) this.manage(conversation, actor)
    else this.create(actor)
  }

  private create(actor: Id): void {
    const id = this.id()
    const members = people.filter(person => person === actor || this.random() < 0.6)
    this.server.add('messaging.conversation_created', id, actor, {
      conversation: id,
      kind: 'group',
      title: `Group ${id}`,
      members: members.map(person => ({ person, role: person === actor ? 'owner' : 'member' })),
    })
  }

  private send(conversation: Id, actor: Id): void {
    const quoted = this.random() < 0.3 ? this.anyMessage(conversation) : null
    const id = this.id()
    this.server.add('messaging.message_sent', id, actor, {
      conversation,
      content: textContent(`Message ${id}`),
      reply_to: quoted && {
        id: quoted.id,
        sender: quoted.sender,
        text: quoted.recalled ? '' : 'quoted',
        recalled: quoted.recalled !== null,
      },
      mentions: this.random() < 0.2 ? [pick(this.random, people)] : [],
      mentions_all: this.random() < 0.05,
      ...this.seen(conversation),
    })
  }

  private change(conversation: Id, actor: Id): void {
    const message = this.anyMessage(conversation)
    if (!message) return
    const chance = this.random()
    const target = { conversation, message: message.id }
    if (chance < 0.6) {
      const emoji = pick(this.random, emojis)
      this.server.add('messaging.reaction_set', this.id(), actor, { ...target, emoji, present: this.random() < 0.65 })
    } else if (chance < 0.85) {
      const content = textContent(`Edited ${this.clock}`)
      this.server.add('messaging.message_edited', this.id(), message.sender, {
        ...target,
        content,
        mentions: [],
        mentions_all: false,
      })
    } else this.server.add('messaging.message_recalled', this.id(), actor, target)
  }

  private mark(conversation: Id, actor: Id): void {
    const message = pick(this.random, this.server.allMessages(conversation))
    if (message && this.random() < 0.7) {
      this.server.add('messaging.read_marked', this.id(), actor, {
        conversation,
        through: message.id,
        ...this.seen(conversation),
      })
      return
    }
    const field = pick(this.random, ['muted', 'pinned', 'hidden'] as const)
    this.server.add('messaging.conversation_preferences_changed', this.id(), '1', {
      conversation,
      [field]: this.random() < 0.5,
    })
  }

  /** What somebody at another site had before them; it may be that not all of it is here. */
  private seen(conversation: Id): { seen?: Id[] } {
    const message = this.random() < 0.5 ? this.anyMessage(conversation) : null
    return message ? { seen: [message.id] } : {}
  }

  private manage(conversation: Id, actor: Id): void {
    const members = [...this.server.roomAt(conversation).members.keys()]
    const others = people.filter(person => !members.includes(person))
    const chance = this.random()
    const person = pick(this.random, members)
    if (chance < 0.2) {
      this.server.add('messaging.conversation_renamed', this.id(), actor, {
        conversation,
        title: `Title ${this.clock}`,
      })
    } else if (chance < 0.55 && others.length > 0) {
      this.server.add('messaging.members_added', this.id(), actor, {
        conversation,
        people: [pick(this.random, others)],
      })
    } else if (chance < 0.75 && members.length > 1) {
      this.server.add('messaging.member_removed', this.id(), this.random() < 0.4 ? person : actor, {
        conversation,
        person,
      })
    } else if (chance < 0.9) {
      const role = pick(this.random, ['admin', 'member'] as const)
      this.server.add('messaging.member_role_changed', this.id(), actor, { conversation, person, role })
    } else this.server.add('messaging.owner_changed', this.id(), actor, { conversation, person })
  }

  private conversations(): Id[] {
    return this.server.conversations()
  }

  private anyMessage(conversation: Id) {
    const texts = this.server.allMessages(conversation).filter(message => message.kind === 'text')
    return texts.length ? pick(this.random, texts.slice(-12)) : null
  }

  private id(): Id {
    this.clock += 10
    if (this.random() < this.late) {
      const clock = this.clock - 5 - Math.floor(this.random() * 20) * 10
      const earlier = idOf(clock, 2)
      if (!this.used.has(earlier) && clock > 1_020) return this.use(earlier)
    }
    return this.use(idOf(this.clock, 1))
  }

  private use(id: string): Id {
    this.used.add(id)
    return id
  }
}

/** The id of a moment at a site; the clock ticks in hundredths of a minute. */
function idOf(clock: number, site: number): Id {
  return String((BigInt(clock * 600) << 22n) + (BigInt(site) << 12n))
}
