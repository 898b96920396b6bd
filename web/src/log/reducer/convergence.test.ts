import { describe, expect, test } from 'vitest'
import type { ConversationPage, Id, MembersPage, Sync } from '../../core/api/contract.ts'
import { compareIds } from '../../core/api/ids.ts'
import { History } from '../testing/history.ts'
import type { ModelServer } from '../testing/model-server.ts'
import { pick, type Random, randomFrom } from '../testing/random.ts'
import { applyConversation, applyNoConversation, withFurtherMembers } from './apply-conversation.ts'
import { applyEvent, applyPosition } from './apply-event.ts'
import { applyMessages, isTooOld, type PageRequest } from './apply-messages.ts'
import { applySync } from './apply-sync.ts'
import { asFetched } from './as-fetched.ts'
import type { State, Timeline } from './state.ts'

/** A client that follows a server whose answers take a random time. */
class Follower {
  state: State
  private readonly answers: { arrive: () => void }[] = []
  private readonly server: ModelServer
  private readonly random: Random

  constructor(server: ModelServer, random: Random) {
    this.server = server
    this.random = random
    const first = server.sync(Math.floor(random() * server.pos), '', this.size(2))
    const further: Sync[] = []
    for (let { pos, next } = first; next; ) {
      pos = this.later(pos)
      const page = server.sync(pos, next, this.size(2))
      further.push(page)
      next = page.next
    }
    this.state = applySync(null, first, true, further)
  }

  /** How much a page holds. */
  private size(most: number): number {
    return 1 + Math.floor(this.random() * most)
  }

  /** Something may have happened before the next page was asked for. */
  private later(pos: number): number {
    return pos + Math.floor(this.random() * (this.server.pos - pos + 1))
  }

  get isBehind(): boolean {
    return this.state.pos < this.server.pos
  }

  act(): void {
    const chance = this.random()
    if (chance < 0.6) this.takeEvent()
    else if (chance < 0.8) this.ask()
    else this.takeAnswer()
  }

  takeEvent(): void {
    const event = this.server.log[this.state.pos]
    if (!event) return
    this.state = this.server.reaches(event) ? applyEvent(this.state, event) : applyPosition(this.state, event.pos)
  }

  /** Ask now; the server has gone on for some while since the position the client is at. */
  private ask(): void {
    const conversation = pick(this.random, [
      ...Object.keys(this.state.rooms),
      ...Object.keys(this.state.wanted.conversations),
    ])
    if (!conversation) return
    const pos = this.state.pos + Math.floor(this.random() * (this.server.pos - this.state.pos + 1))
    if (this.random() < 0.4) this.askConversation(conversation, pos)
    else this.askMessages(conversation, this.anyRequest(conversation), pos, 5)
  }

  askConversation(conversation: Id, pos: number): void {
    const [answer, asked] = this.pagesOf(conversation, pos)
    this.answers.push({
      arrive: () => {
        if (answer) this.state = applyConversation(this.state, answer)
        else if (asked >= this.state.pos) this.state = applyNoConversation(this.state, conversation)
      },
    })
  }

  /** The conversation with all its members, a few at a time, and as of when the last were. */
  private pagesOf(conversation: Id, pos: number): [ConversationPage | null, number] {
    const first = this.server.conversation(conversation, pos, this.size(5))
    const further: MembersPage[] = []
    let at = pos
    for (let next = first?.next ?? null; next !== null; ) {
      at = this.later(at)
      const page = this.server.members(conversation, at, next, this.size(5))
      if (!page) return [null, at]
      further.push(page)
      next = page.next
    }
    return [first && withFurtherMembers(first, further, '1'), at]
  }

  askMessages(conversation: Id, request: PageRequest, pos: number, limit: number): void {
    if (!this.server.conversation(conversation, pos)) return
    const answer = this.server.messages(conversation, pos, request, limit)
    this.answers.push({
      arrive: () => {
        if (!isTooOld(this.state, conversation, answer))
          this.state = applyMessages(this.state, conversation, request, answer)
      },
    })
  }

  takeAnswer(): void {
    const [answer] = this.answers.splice(Math.floor(this.random() * this.answers.length), 1)
    answer?.arrive()
  }

  settle(): void {
    while (this.isBehind) this.takeEvent()
    while (this.answers.length) this.takeAnswer()
    for (let round = 0; round < 5; round++) {
      const { conversations, messages } = this.state.wanted
      for (const id of Object.keys(conversations)) this.askConversation(id, this.server.pos)
      for (const [id, of] of Object.entries(messages)) this.askMessages(of, { around: id }, this.server.pos, 1)
      while (this.answers.length) this.takeAnswer()
    }
  }

  private anyRequest(conversation: Id): PageRequest {
    const room = this.state.rooms[conversation]
    const shown = room?.detour ?? room?.live
    const any = pick(this.random, this.server.allMessages(conversation))
    const requests: PageRequest[] = [{ newest: true }]
    if (any) requests.push({ around: any.id })
    if (shown?.from) requests.push({ before: shown.from }, { before: shown.from })
    if (shown?.to) requests.push({ after: shown.to }, { after: shown.to })
    return pick(this.random, requests)
  }
}

function within(server: ModelServer, conversation: Id, timeline: Timeline) {
  return server
    .allMessages(conversation)
    .filter(({ id }) => timeline.from === null || compareIds(id, timeline.from) >= 0)
    .filter(({ id }) => timeline.to === null || compareIds(id, timeline.to) <= 0)
}

function run(seed: number, late: number): Follower {
  const random = randomFrom(seed)
  const history = new History(random, late)
  for (let i = 0; i < 20; i++) history.step()
  const follower = new Follower(history.server, random)
  for (let i = 0; i < 250; i++) {
    if (random() < 0.5) history.step()
    follower.act()
  }
  follower.settle()
  const { state } = follower
  const fresh = history.server.sync(history.server.pos)
  const fetched = asFetched(state)
  expect(fetched.conversations, `seed ${seed}: conversations`).toEqual(fresh.conversations)
  for (const [id, members] of Object.entries(fetched.members)) {
    expect(members, `seed ${seed}: members of ${id}`).toEqual(
      history.server.conversation(id, history.server.pos)?.members,
    )
  }
  for (const [id, room] of Object.entries(state.rooms)) {
    expect(room.live.messages, `seed ${seed}: live of ${id}`).toEqual(within(history.server, id, room.live))
    expect(room.live.messages.at(-1), `seed ${seed}: last of ${id}`).toEqual(
      room.header.conversation.last_message ?? undefined,
    )
    if (room.detour)
      expect(room.detour.messages, `seed ${seed}: detour of ${id}`).toEqual(within(history.server, id, room.detour))
  }
  return follower
}

describe('events on top of what was fetched, at any time and in any order of arrival, give what a fresh fetch gives', () => {
  test.each(Array.from({ length: 100 }, (_, seed) => seed))('one site, history %i', seed => {
    const follower = run(seed, 0)
    expect(asFetched(follower.state).wanted).toMatchObject({ conversations: [], messages: [] })
  })

  test.each(Array.from({ length: 100 }, (_, seed) => seed + 1000))(
    'with late events of other sites, history %i',
    seed => {
      run(seed, 0.15)
    },
  )
})
