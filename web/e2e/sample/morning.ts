import { type APIRequestContext, expect, request } from '@playwright/test'
import type { Block, Conversation, Id, Member, Message, PersonCard, Span } from '@/core/api'
import type { Account } from '../stage'
import { administrator } from './company'

/** Somebody of the sample company who takes part. */
export interface Actor {
  id: Id
  name: string
  account: Account
  api: APIRequestContext
}

/** The other members of a group, each signed in. */
export async function actorsOf(mine: APIRequestContext, origin: string, title: string): Promise<Actor[]> {
  const group = await named(mine, title)
  const { members }: { members: Member[] } = await read(mine, `/api/conversations/${group.id}`)
  const me: { person: PersonCard } = await read(mine, '/api/me')
  const others = members.filter(({ person }) => person !== me.person.id)
  return await Promise.all(others.map(({ person }) => actor(mine, origin, person)))
}

/** What is said, answered, liked and read in the group before the picture is taken. */
export async function morning(mine: APIRequestContext, origin: string, actors: Actor[], title: string): Promise<void> {
  const { id } = await named(mine, title)
  const me = { id: (await read(mine, '/api/me')).person.id, name: '苏晚', account: administrator, api: mine }
  const [host, south, east] = actors.filter(({ name }) => !/[a-z]/i.test(name)) as [Actor, Actor, Actor]
  const english = actors.find(({ name }) => /[a-z]/i.test(name)) ?? east
  const say = (who: Actor, blocks: Block[], reply_to?: Id) => send(who, origin, id, blocks, reply_to)

  await say(host, [
    paragraph('下午经营会的议程，大家看看还缺什么：'),
    { type: 'list', ordered: true, items: ['三季度回款', '深圳仓差异处理', '渠道大会预算'].map(item => [text(item)]) },
  ])
  const mineSaid = await say(me, [
    paragraph('收到，我下午 3 点前给反馈。', mention(south), ' 深圳仓的差异请一起核对。'),
  ])
  for (const who of [host, south, english]) await react(who, origin, id, mineSaid, '✅')
  for (const who of actors.slice(0, 18)) await markRead(who, origin, id, mineSaid)
  await say(south, [paragraph('深圳仓的差异找到了：入库单重复登记 ', bold('12 件'), '，已经冲销。')], mineSaid)
  const done = await say(english, [paragraph('Singapore is done too, numbers are in the shared sheet.')])
  for (const who of [host, east]) await react(who, origin, id, done, '🎉')
  await say(east, [paragraph(mention(me), ' 预算表第三版发你了，市场费用压到 86 万。')])
  await say(host, [paragraph('好，物料 18 号之前到齐，就按这个版本走。')])
  await direct(english, origin, me, 'Slides for Harbour Foods are ready for review.')
}

async function actor(mine: APIRequestContext, origin: string, person: Id): Promise<Actor> {
  const { name, email }: PersonCard = await read(mine, `/api/org/people/${person}`)
  const account = { login: email.split('@')[0] ?? '', password: administrator.password }
  const api = await request.newContext({ baseURL: origin, extraHTTPHeaders: { Origin: origin } })
  const answer = await api.post('/api/sessions', { data: account })
  expect(answer.status(), await answer.text()).toBe(201)
  return { id: person, name, account, api }
}

async function named(api: APIRequestContext, title: string): Promise<Conversation> {
  const { conversations }: { conversations: Conversation[] } = await read(api, '/api/sync')
  const found = conversations.find(conversation => conversation.title === title)
  if (!found) throw new Error(`The sample company has no group “${title}”`)
  return found
}

// biome-ignore lint/suspicious/noExplicitAny: what the server answers; who asks says what it is
async function read(api: APIRequestContext, path: string): Promise<any> {
  const answer = await api.get(path)
  expect(answer.ok(), await answer.text()).toBe(true)
  return await answer.json()
}

async function send(who: Actor, origin: string, group: Id, blocks: Block[], reply_to?: Id): Promise<Message['id']> {
  const answer = await who.api.post(`/api/conversations/${group}/messages`, {
    data: { content: { blocks }, reply_to },
    headers: { Origin: origin },
  })
  expect(answer.status(), await answer.text()).toBe(201)
  return (await answer.json()).id
}

async function react(who: Actor, origin: string, group: Id, message: Id, emoji: string): Promise<void> {
  const path = `/api/conversations/${group}/messages/${message}/reactions/${encodeURIComponent(emoji)}`
  expect((await who.api.put(path, { headers: { Origin: origin } })).ok()).toBe(true)
}

async function markRead(who: Actor, origin: string, group: Id, through: Id): Promise<void> {
  const path = `/api/conversations/${group}/read`
  expect((await who.api.post(path, { data: { through }, headers: { Origin: origin } })).ok()).toBe(true)
}

async function direct(from: Actor, origin: string, to: Actor, words: string): Promise<void> {
  const data = { kind: 'direct', person: to.id }
  const answer = await from.api.post('/api/conversations', { data })
  await send(from, origin, (await answer.json()).id, [paragraph(words)])
}

function paragraph(...parts: (string | Span)[]): Block {
  return { type: 'paragraph', spans: parts.map(part => (typeof part === 'string' ? text(part) : part)) }
}

function text(words: string): Span {
  return { type: 'text', text: words }
}

function bold(words: string): Span {
  return { type: 'text', text: words, marks: ['bold'] }
}

function mention({ id, name }: Actor): Span {
  return { type: 'mention', person: id, name }
}
