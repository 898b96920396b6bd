import { expect, test } from 'vitest'
import type { Me, Unit } from '@/core/api'
import { orgTreeOf } from '@/features/contacts'
import { entries, entriesFor, groups } from './entries'
import { mayAdminister } from './may-administer'

const unit = (id: string, parent: string | null): Unit => ({
  ...{ id, parent, name: id, kind: parent ? 'branch' : 'company', path: '', rank: 0, people: 0, locale: null },
})
const tree = orgTreeOf([unit('1', null), unit('2', '1')])
const all = ['org.manage', 'identity.grant', 'sites.manage', 'policies.manage']
const who = (permissions: string[], over: string) =>
  ({ permissions: permissions.map(permission => ({ permission, unit: over })) }) as unknown as Me
const seenBy = (me: Me) => entriesFor(tree, me).map(({ id }) => id)

test('who administers all of the company sees every page, in the order of the groups', () => {
  expect(seenBy(who(all, '1'))).toEqual(['people', 'roles', 'import', 'policies', 'sites'])
  expect(entries.every(({ group }) => group in groups)).toBe(true)
})

test('who administers a branch sees neither its sites nor the import', () => {
  expect(seenBy(who(all, '2'))).toEqual(['people', 'roles', 'policies'])
  expect(seenBy(who(['org.manage'], '2'))).toEqual(['people'])
  expect(seenBy(who([], '2'))).toEqual([])
})

test('an auditor has nothing to administer', () => {
  expect(mayAdminister(who(['org.manage'], '2'))).toBe(true)
  expect(mayAdminister(who(['governance.audit'], '1'))).toBe(false)
})
