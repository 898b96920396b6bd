import { expect, test } from 'vitest'
import type { Me, Unit } from '@/core/api'
import { orgTreeOf } from '@/features/contacts'
import { mayOver, topsOf } from './scope'

const unit = (id: string, parent: string | null): Unit => ({
  ...{ id, parent, name: id, kind: 'department', rank: 0, path: '', people: 0, locale: null },
})
const tree = orgTreeOf([unit('1', null), unit('2', '1'), unit('3', '2'), unit('4', '1')])
const me = (permissions: Me['permissions']) => ({ permissions }) as Me

test('a permission holds for a unit and all below it', () => {
  const admin = me([{ permission: 'org.manage', unit: '2' }])
  expect(['1', '2', '3', '4'].map(id => mayOver(tree, admin, 'org.manage', id))).toEqual([false, true, true, false])
  expect(mayOver(tree, admin, 'identity.grant', '2')).toBe(false)
})

test('the tops leave out what lies below another one', () => {
  const admin = me(['3', '2', '4'].map(id => ({ permission: 'org.manage', unit: id })))
  expect(topsOf(tree, admin, 'org.manage').map(({ id }) => id)).toEqual(['2', '4'])
})
