import { describe, expect, test } from 'vitest'
import type { Conversation } from '@/core/api'
import { conversation as exampleConversation } from '@/log/testing/examples'
import { arrange, neighbour, nextUnread } from './arrange'

const list = [
  conversation('1', { created: '100' }),
  conversation('2', { created: '300', last_seq: 5, read_seq: 2 }),
  conversation('3', { created: '200', pinned: true }),
  conversation('4', { created: '400', hidden: true }),
  conversation('5', { created: '50', last_seq: 9, read_seq: 1, mention_seq: 4, muted: true }),
]

describe('arrange', () => {
  test('pinned first, then the newest; hidden ones are left out', () => {
    expect(ids(arrange(list, 'all', null))).toEqual(['3', '2', '1', '5'])
  })

  test('filters', () => {
    expect(ids(arrange(list, 'unread', null))).toEqual(['2', '5'])
    expect(ids(arrange(list, 'mentions', null))).toEqual(['5'])
  })

  test('what I marked as unread waits for me, silent or not', () => {
    const marked = [conversation('1', {}), conversation('2', { unread: true, muted: true })]
    expect(ids(arrange(marked, 'unread', null))).toEqual(['2'])
    expect(nextUnread(marked, '1', 1)?.id).toBe('2')
  })

  test('the open one stays, read or hidden', () => {
    expect(ids(arrange(list, 'unread', '1'))).toEqual(['2', '1', '5'])
    expect(ids(arrange(list, 'all', '4'))).toContain('4')
  })
})

describe('moving', () => {
  const shown = arrange(list, 'all', null)

  test('to the neighbour, not past the ends', () => {
    expect(neighbour(shown, '3', 1)?.id).toBe('2')
    expect(neighbour(shown, '3', -1)).toBeNull()
    expect(neighbour(shown, null, 1)?.id).toBe('3')
    expect(neighbour(shown, null, -1)?.id).toBe('5')
  })

  test('to the next unread, around the end, muted ones only with a mention', () => {
    expect(nextUnread(shown, '3', 1)?.id).toBe('2')
    expect(nextUnread(shown, '2', 1)?.id).toBe('5')
    expect(nextUnread(shown, '5', 1)?.id).toBe('2')
    expect(nextUnread(shown, null, -1)?.id).toBe('5')
    const muted = [conversation('1', {}), conversation('2', { last_seq: 3, muted: true })]
    expect(nextUnread(muted, '1', 1)).toBeNull()
    expect(nextUnread([], null, 1)).toBeNull()
  })
})

function ids(conversations: Conversation[]): string[] {
  return conversations.map(({ id }) => id)
}

function conversation(id: string, some: Partial<Conversation>): Conversation {
  return exampleConversation({ id, title: id, last_seq: 0, read_seq: 0, ...some })
}
