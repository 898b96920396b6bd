import { describe, expect, test } from 'vitest'
import type { EventFrame } from '@/core/api'
import { gathered, reasonOf, type Said, saidByOthers } from './judging'

const me = '1'

function said(pos: number, conversation: string, some: Partial<Said['data']> = {}, actor = '2'): Said {
  const data = { conversation, content: { blocks: [] }, reply_to: null, mentions: [], mentions_all: false, ...some }
  return { t: 'event', type: 'messaging.message_sent', v: 1, id: String(pos), pos, actor, data } as unknown as Said
}

const group = { kind: 'group', muted: false } as const
const direct = { kind: 'direct', muted: false } as const

describe('why a message calls me', () => {
  const naming = said(1, '9', { mentions: [me] })
  const toAll = said(1, '9', { mentions_all: true })
  const plain = said(1, '9')

  test('who is named comes first, then what is said to me alone', () => {
    expect(reasonOf(naming, direct, me, 'all')).toBe('mention')
    expect(reasonOf(toAll, group, me, 'all')).toBe('everyone')
    expect(reasonOf(plain, direct, me, 'all')).toBe('direct')
    expect(reasonOf(plain, group, me, 'all')).toBe('group')
    expect(reasonOf(said(1, '9', { mentions: ['7'] }), group, me, 'all')).toBe('group')
  })

  test('a muted conversation calls only whom it names', () => {
    expect(reasonOf(plain, { ...group, muted: true }, me, 'all')).toBeNull()
    expect(reasonOf(plain, { ...direct, muted: true }, me, 'all')).toBeNull()
    expect(reasonOf(naming, { ...group, muted: true }, me, 'all')).toBe('mention')
  })

  test('as I chose: groups are silent, or everything is', () => {
    expect(reasonOf(plain, group, me, 'mentions')).toBeNull()
    expect(reasonOf(plain, direct, me, 'mentions')).toBe('direct')
    expect(reasonOf(naming, group, me, 'mentions')).toBe('mention')
    expect(reasonOf(naming, direct, me, 'nothing')).toBeNull()
  })
})

test('what I wrote on another device, and what is no message, calls nobody', () => {
  const renamed = { ...said(2, '9'), type: 'messaging.conversation_renamed' } as unknown as EventFrame
  expect(saidByOthers([said(1, '9', {}, me), renamed, said(3, '9')], me).map(({ pos }) => pos)).toEqual([3])
})

test('a conversation calls once, with what names me; the most urgent first, of those the newest', () => {
  const calls = gathered([
    { reason: 'mention', said: said(1, 'team') },
    { reason: 'group', said: said(2, 'team') },
    { reason: 'group', said: said(3, 'lunch') },
    { reason: 'direct', said: said(4, 'anna') },
    { reason: 'direct', said: said(5, 'anna') },
    { reason: 'group', said: said(6, 'sales') },
  ])
  expect(calls.map(({ conversation, count, said: { pos } }) => [conversation, count, pos])).toEqual([
    ['team', 2, 1],
    ['anna', 2, 5],
    ['sales', 1, 6],
    ['lunch', 1, 3],
  ])
})
