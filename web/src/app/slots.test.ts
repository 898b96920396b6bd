import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Message } from '@/core/api'
import { fillSlots, rail } from '@/core/slots'
import { composerTools, detailsParts, messageActions } from '@/features/messages'
import { settings } from '@/features/settings'
import { fillings } from './slots'

beforeEach(() => fillSlots(fillings))
afterEach(() => fillSlots([]))

const idsOf = (entries: readonly { id: string }[]) => entries.map(({ id }) => id)

test('the places of the interface hold what features put there, in order', () => {
  expect(rail.entries.map(({ to }) => to)).toEqual(['/messages', '/contacts', '/administration'])
  expect(idsOf(messageActions.entries)).toEqual(['react', 'reply', 'edit', 'copy-text', 'copy-link', 'recall'])
  expect(idsOf(composerTools.entries)).toEqual(['emoji', 'mention'])
  expect(idsOf(detailsParts.entries)).toEqual(['title', 'peer', 'members', 'preferences', 'leave'])
  expect(idsOf(settings.entries)).toEqual(['profile', 'appearance', 'messages', 'security', 'about'])
})

test('no two actions have one key', () => {
  const keys = messageActions.entries.flatMap(({ key }) => key ?? [])
  expect(new Set(keys).size).toBe(keys.length)
})

test('what may be done depends on who looks', () => {
  const message = { id: '1', sender: '2', content: null, recalled: null } as Message
  const actions = (myRole: string) =>
    messageActions.entries.filter(({ isFor }) => !isFor || isFor(message, { me: '1', kind: 'group', myRole } as never))
  expect(idsOf(actions('member'))).toEqual(['react', 'reply', 'copy-link'])
  expect(idsOf(actions('admin'))).toEqual(['react', 'reply', 'copy-link', 'recall'])
})
