import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Message } from '@/core/api'
import { fillSlots, rail } from '@/core/slots'
import { composerTools, conversationActions, detailsParts, messageActions } from '@/features/messages'
import { settings } from '@/features/settings'
import { fillings } from './features'

beforeEach(() => fillSlots(fillings))
afterEach(() => fillSlots([]))

const idsOf = (entries: readonly { id: string }[]) => entries.map(({ id }) => id)

test('the places of the interface hold what features put there, in order', () => {
  expect(rail.entries.map(({ to }) => to)).toEqual(['/messages', '/contacts', '/administration'])
  expect(idsOf(composerTools.entries)).toEqual(['attach', 'emoji', 'mention'])
  expect(idsOf(conversationActions.entries)).toEqual(['pin', 'mute', 'read', 'hide'])
  expect(idsOf(detailsParts.entries)).toEqual(['title', 'peer', 'members', 'preferences', 'leave'])
  expect(idsOf(settings.entries)).toEqual(['profile', 'appearance', 'messages', 'notifications', 'security', 'about'])
})

const message = { id: '1', conversation: '5', sender: '2', content: null, recalled: null } as Message

function actionsOf(myRole: string) {
  const pane = { me: '1', kind: 'group', myRole } as never
  return messageActions.entries.filter(({ isFor }) => !isFor || isFor(message, pane))
}

test('every action has a name of its own, and no two that are offered at once have one key', () => {
  const names = idsOf(messageActions.entries)
  expect(new Set(names).size).toBe(names.length)
  const keys = actionsOf('admin').flatMap(({ key }) => key ?? [])
  expect(new Set(keys).size).toBe(keys.length)
})

test('what may be done depends on who looks', () => {
  expect(idsOf(actionsOf('member'))).not.toContain('recall')
  expect(idsOf(actionsOf('admin'))).toContain('recall')
})
