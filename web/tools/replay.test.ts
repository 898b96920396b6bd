import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { History } from '../src/log/testing/history.ts'
import { randomFrom } from '../src/log/testing/random.ts'

const program = join(import.meta.dirname, 'replay.ts')

function run(input: string, ...options: string[]): string[] {
  const output = execFileSync(process.execPath, [program, ...options], { input, encoding: 'utf8' })
  return output.trim().split('\n')
}

test('names the event types that the client handles', () => {
  expect(run('', '--types')).toContain('messaging.message_sent')
})

test('gives, for each case, what a fresh fetch gives', () => {
  const history = new History(randomFrom(7), 0)
  for (let i = 0; i < 40; i++) history.step()
  const { server } = history
  const begun = server.pos
  const ids = server.sync(begun).conversations.map(conversation => conversation.id)
  const newest = { newest: true } as const
  const initial = {
    sync: server.sync(begun),
    conversations: ids.map(id => server.conversation(id, begun)),
    messages: Object.fromEntries(ids.map(id => [id, server.messages(id, begun, newest, 1_000)])),
  }
  for (let i = 0; i < 200; i++) history.step()
  const events = server.log.slice(begun).filter(event => server.reaches(event))
  const [result = '', failure = ''] = run(`${JSON.stringify({ initial, events })}\n{"initial":{}}\n`)
  const { conversations, members, messages, wanted } = JSON.parse(result)
  const fresh = server.sync(server.pos).conversations
  const known = fresh.filter(({ id }) => !wanted.conversations.includes(id))
  expect(known.length).toBeGreaterThan(1)
  expect(conversations).toEqual(known)
  for (const { id } of known) {
    expect(members[id]).toEqual(server.conversation(id, server.pos)?.members)
    expect(messages[id]).toEqual(server.messages(id, server.pos, newest, 1_000).messages.slice(-messages[id].length))
  }
  expect(JSON.parse(failure)).toHaveProperty('error')
})
