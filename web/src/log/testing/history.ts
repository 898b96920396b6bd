/** For tests: a random but plausible history of a site, one event at a time. */
import type { Id } from '../../core/api/contract.ts'
import type { Moment, Turn } from './model.ts'
import { ModelServer } from './model-server.ts'
import { turns } from './models.ts'
import { pick, type Random } from './random.ts'

const people = ['1', '2', '3', '4', '5']
const shares = turns.reduce((sum, { share }) => sum + share, 0)

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
    const conversation = pick(this.random, this.server.conversations())
    const { kind, members } = this.server.roomAt(conversation)
    if (members.size === 0) return
    const actor = pick(this.random, [...members.keys()])
    this.turn()?.happen(this.moment({ conversation, kind, members: [...members.keys()], actor }))
  }

  private turn(): Turn | undefined {
    let chance = this.random() * shares
    for (const turn of turns) {
      chance -= turn.share
      if (chance < 0) return turn
    }
    return undefined
  }

  private moment(where: Pick<Moment, 'conversation' | 'kind' | 'members' | 'actor'>): Moment {
    const { server, random } = this
    const anyMessage = () => this.anyMessage(where.conversation)
    const seen = () => {
      const message = random() < 0.5 ? anyMessage() : null
      return message ? { seen: [message.id] } : {}
    }
    return { ...where, server, random, people, id: () => this.id(), anyMessage, seen }
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
