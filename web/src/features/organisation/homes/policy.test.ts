import { expect, test } from 'vitest'
import type { Policy, Unit } from '@/core/api'
import { orgTreeOf } from '@/features/contacts'
import { inherited, policyOf } from './policy'

const unit = (id: string, parent: string | null): Unit => ({
  id,
  parent,
  name: id,
  kind: parent ? 'department' : 'company',
  path: '',
  rank: 0,
  people: 0,
  locale: null,
})
const tree = orgTreeOf([unit('1', null), unit('2', '1'), unit('3', '2')])
const policies: Policy[] = [
  { unit: '1', leaves: 'everything', kinds: ['conversation', 'session'] },
  { unit: '2', leaves: 'nothing', kinds: ['conversation'] },
]

test('the nearest unit above that speaks of a kind counts', () => {
  expect(inherited(tree, policies, '3', 'conversation')).toBe('nothing')
  expect(inherited(tree, policies, '3', 'session')).toBe('everything')
  expect(inherited(tree, policies, '2', 'conversation')).toBe('everything')
})

test('where nobody decided, only what is shared leaves', () => {
  expect(inherited(tree, policies, '3', 'presence')).toBe('shared')
  expect(inherited(tree, [], '3', 'conversation')).toBe('shared')
})

test('a policy for no kinds says as the unit above', () => {
  expect(policyOf([{ unit: '3', leaves: 'nothing', kinds: [] }], '3')).toBeUndefined()
})
