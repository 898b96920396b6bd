import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Me, Problem } from '@/core/api'
import { sessionStore } from '@/core/session'
import { type Asked, FakeFetch, problem } from '../testing/fake-fetch.ts'
import { ModelServer } from '../testing/model-server.ts'
import { conversationsPerPage, fetchConversation, fetchSync, membersPerPage } from './fetch-pages.ts'

const members = ['1', '2', '3'].map(person => ({ person, role: 'member' as const }))
const more = (asked: Asked) => asked.query.get('after') ?? ''
let server: ModelServer
let network: FakeFetch

/** A server whose pages hold two. */
beforeEach(() => {
  server = new ModelServer('1', ['1', '2', '3'])
  for (const [number, conversation] of ['500', '501', '502', '503', '504'].entries())
    server.add('messaging.conversation_created', `${1000 + number}`, '2', {
      conversation,
      kind: 'group',
      title: 'Quay',
      members,
    })
  network = new FakeFetch().install()
  network.on('GET', '/sync', asked => server.sync(server.pos, more(asked), 2))
  network.on('GET', '/conversations/([^/]+)', (_, [, id]) => server.conversation(id ?? '', server.pos, 2))
  network.on('GET', '/conversations/([^/]+)/members', (asked, [, id]) =>
    server.members(id ?? '', server.pos, more(asked), 2),
  )
  sessionStore.setState({ me: { person: { id: '1' } } as Me })
})

afterEach(() => sessionStore.setState({ me: null }))

test('pages are asked for until there are no more, and of no more than fits', async () => {
  const pages = await fetchSync()
  expect(pages.map(({ conversations }) => conversations.map(({ id }) => id))).toEqual([
    ['500', '501'],
    ['502', '503'],
    ['504'],
  ])
  expect(network.asked.map(({ query }) => query.get('limit'))).toEqual(Array(3).fill(String(conversationsPerPage)))
})

test('pages of a log that was restored in between are not put together', async () => {
  let asked = 0
  network.on('GET', '/sync', request => {
    asked += 1
    return { ...server.sync(server.pos, more(request), 2), run: asked < 3 ? `${asked}` : '3' }
  })
  const pages = await fetchSync()
  expect(pages.map(({ run }) => run)).toEqual(['3', '3', '3'])
  expect(pages[0].conversations[0]?.id).toBe('500')
})

test('a conversation comes with all its members, whoever came meanwhile', async () => {
  network.on('GET', '/conversations/([^/]+)/members', (asked, [, id]) => {
    server.add('messaging.members_added', '2000', '2', { conversation: '500', people: ['4'] })
    return server.members(id ?? '', server.pos, more(asked), 2)
  })
  const before = server.pos
  const answer = await fetchConversation('500')
  expect(answer.members.map(({ person }) => person).sort()).toEqual(['1', '2', '3', '4'])
  expect(answer).toMatchObject({ pos: before, next: null, conversation: { members: 4 } })
  expect(network.asked.map(({ query }) => query.get('limit'))).toEqual(Array(2).fill(String(membersPerPage)))
})

test('who was put out before the last page is told so', async () => {
  network.on('GET', '/conversations/([^/]+)/members', () => problem(404, 'messaging.conversation_not_found'))
  await expect(fetchConversation('500')).rejects.toThrow(Problem)
})
