import { expect, test } from 'vitest'
import { savedShape, shapeOf } from './saved-shape'

const state = 'export interface State { rooms: Room[] } import type { Room } from "x"'
const api = [
  'export interface Room { last: Message | null }\n\n/** Said. */\nexport interface Message { text: string }',
  'export interface Session { device: string }',
]
const shape = shapeOf([state], api)
const changed = (from: string, to: string) =>
  shapeOf(
    [state.replace(from, to)],
    api.map(text => text.replace(from, to)),
  )

test('is another one when something that is kept is declared otherwise', () => {
  expect(changed('rooms: Room[]', 'rooms: Room[]; news: string')).not.toBe(shape)
  expect(changed('text: string', 'text: string; pinned: boolean')).not.toBe(shape)
  expect(shapeOf([state, 'new ConversationPart<Stars>("stars")'], api)).not.toBe(shape)
})

test('is the same for other words, and for what is not kept', () => {
  expect(changed('Said.', 'Something that was said.')).toBe(shape)
  expect(changed('device: string', 'device: string; address: string')).toBe(shape)
})

test('is a short text, for the client as it stands', () => {
  expect(savedShape()).toMatch(/^[0-9a-f]{16}$/)
})
