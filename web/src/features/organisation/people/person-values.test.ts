import { expect, test } from 'vitest'
import type { PersonCard } from '@/core/api'
import { bodyOf, changesOf, valuesOf } from './person-values'

const card: PersonCard = {
  ...{ id: '7', name: '林雨桐', pinyin: 'lin yu tong', initials: 'lyt', title: '总经理', unit: '2', branch: '2' },
  ...{ active: true, email: 'lin@example.com', phone: '' },
  units: [
    { unit: '2', title: '总经理', main: true },
    { unit: '3', title: '顾问', main: false },
  ],
}

test('only what differs is sent', () => {
  const before = valuesOf(card, '1', '')
  expect(changesOf(before, before)).toEqual({})
  expect(changesOf(before, { ...before, title: ' 顾问 ', login: 'lin' })).toEqual({ title: '顾问', login: 'lin' })
  expect(changesOf(before, { ...before, units: [{ unit: null, title: 'x' }] })).toEqual({ units: [] })
})

test('a new person begins in the chosen unit with a password to hand over', () => {
  const values = { ...valuesOf(undefined, '9', 'k7mp-x2vd-93ha'), name: ' Ann ', login: 'ann ' }
  expect(bodyOf(values)).toEqual({
    ...{ name: 'Ann', login: 'ann', password: 'k7mp-x2vd-93ha', title: '', unit: '9', email: '', phone: '', units: [] },
  })
})
