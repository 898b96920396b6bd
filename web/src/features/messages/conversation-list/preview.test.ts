import { i18n } from '@lingui/core'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Content, Conversation, Message } from '@/core/api'
import { conversation, message as exampleMessage } from '@/log/testing/examples'
import { previewOf } from './preview'

const none = { failed: null, draft: null, call: null }
const reader = { me: '1', nameOf: (id: string) => ({ '2': '陈思远', '3': 'Marcus Tan' })[id] ?? '?' }

beforeAll(() => i18n.loadAndActivate({ locale: 'en', messages: {} }))

describe('preview', () => {
  test('who and what, in groups', () => {
    expect(shown({ sender: '2' })).toEqual({ mark: null, text: '陈思远: hello @all' })
    expect(shown({ sender: '1' }).text).toBe('Me: hello @all')
  })

  test('only what, between two', () => {
    expect(shown({ sender: '2' }, { kind: 'direct' }).text).toBe('hello @all')
  })

  test('a draft comes before all', () => {
    const draft: Content = { blocks: [{ type: 'paragraph', spans: [{ type: 'text', text: 'later\n today' }] }] }
    expect(previewOf(conversation({}), { failed: null, draft, call: null }, reader)).toEqual({
      mark: 'draft',
      text: 'later today',
    })
    expect(previewOf(conversation({}), { failed: null, draft: { blocks: [] }, call: null }, reader).mark).toBeNull()
  })

  test('a message that was refused comes before that', () => {
    const said = (text: string): Content => ({ blocks: [{ type: 'paragraph', spans: [{ type: 'text', text }] }] })
    const mine = { failed: said('refused'), draft: said('draft'), call: null }
    expect(previewOf(conversation({}), mine, reader)).toEqual({ mark: 'failed', text: 'refused' })
  })

  test('a long one is no longer than somebody hears out, whole characters alone', () => {
    const failed: Content = { blocks: [{ type: 'paragraph', spans: [{ type: 'text', text: '😀'.repeat(3_000) }] }] }
    const { text } = previewOf(conversation({}), { failed, draft: null, call: null }, reader)
    expect(text).toBe(`${'😀'.repeat(100)}…`)
  })

  test('who is called, and whether all are', () => {
    expect(previewOf(conversation({}), { ...none, call: 'me' }, reader).mark).toBe('mention')
    expect(previewOf(conversation({}), { ...none, call: 'all' }, reader).mark).toBe('everyone')
  })

  test('recalled: by whom', () => {
    const recalled = (by: string, sender: string) => shown({ sender, content: null, recalled: { by, id: '99' } }).text
    expect(recalled('1', '1')).toBe('You recalled a message')
    expect(recalled('2', '2')).toBe('陈思远 recalled a message')
    expect(recalled('2', '1')).toBe('陈思远 recalled a message of yours')
    expect(recalled('2', '3')).toBe('陈思远 recalled a message from Marcus Tan')
  })

  test('notices name who did what', () => {
    const notice = (notice: Message['notice']) => shown({ sender: '2', kind: 'notice', content: null, notice }).text
    expect(notice({ type: 'added', people: ['1', '3'] })).toBe('陈思远 added you, Marcus Tan')
    expect(notice({ type: 'added', people: ['3', '3', '3', '3', '3'] })).toBe(
      '陈思远 added Marcus Tan, Marcus Tan, Marcus Tan and 2 others',
    )
    expect(notice({ type: 'left' })).toBe('陈思远 left the group')
  })

  test('nothing yet', () => {
    expect(previewOf(conversation({}), none, reader)).toEqual({ mark: null, text: '' })
  })
})

function shown(some: Partial<Message>, room: Partial<Conversation> = {}) {
  return previewOf(conversation({ ...room, last_message: message(some) }), none, reader)
}

function message(some: Partial<Message>): Message {
  const content: Content = {
    blocks: [{ type: 'paragraph', spans: [{ type: 'text', text: 'hello ' }, { type: 'mention_all' }] }],
  }
  return exampleMessage({ content, mentions_all: true, ...some })
}
