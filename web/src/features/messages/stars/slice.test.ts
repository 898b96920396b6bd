import { describe, expect, test } from 'vitest'
import { applyEvents } from '@/log/reducer/apply-event.ts'
import { conversation, event, room, sent, start } from '@/log/testing/small-site.ts'

const star = (pos: number, message: string, present = true, id?: string) =>
  event(pos, 'messaging.star_set', { person: '1', conversation: '500', message, present }, '1', id)

const starred = (...events: Parameters<typeof applyEvents>[1]) =>
  room(applyEvents(start().state, events)).live.messages.find(({ id }) => id === '1200')?.starred

describe('what I marked for later', () => {
  test('stands at the message, and at the last message of its conversation', () => {
    const state = applyEvents(start().state, [sent(2, 'a'), star(3, '1200')])
    expect(room(state).live.messages.at(-1)?.starred).toBe('1300')
    expect(conversation(state).last_message).toBe(room(state).live.messages.at(-1))
    expect(starred(sent(2, 'a'), star(3, '1200'), star(4, '1200', false))).toBeNull()
  })

  test('counts by id, in whatever order and however often it comes', () => {
    const [on, off] = [star(4, '1200', true, '1310'), star(3, '1200', false, '1320')]
    expect(starred(sent(2, 'a'), off, on, off, on)).toBeNull()
    expect(starred(sent(2, 'a'), star(3, '1200', true, '1320'), star(4, '1200', false, '1310'))).toBe('1320')
  })

  test('may come before its message does', () => {
    expect(starred(sent(2, 'later', '2', {}, '1100'), star(3, '1200'), sent(4, 'a', '2', {}, '1200'))).toBe('1300')
  })

  test('stays where the message is recalled', () => {
    const gone = event(4, 'messaging.message_recalled', { conversation: '500', message: '1200' })
    expect(starred(sent(2, 'a'), star(3, '1200'), gone)).toBe('1300')
  })
})
