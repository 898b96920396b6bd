import { expect, test } from 'vitest'
import type { PolicySaid, PolicyView } from '@/core/api'
import { asTime, numberIn, ownValue, subjectOf } from './values'

test('a time is written in the longest unit that leaves no rest', () => {
  expect(asTime(86_400)).toEqual({ amount: 1, unit: 'day' })
  expect(asTime(90_000)).toEqual({ amount: 25, unit: 'hour' })
  expect(asTime(90)).toEqual({ amount: 90, unit: 'second' })
  expect(asTime(120)).toEqual({ amount: 2, unit: 'minute' })
  expect(asTime(0)).toEqual({ amount: 0, unit: 'hour' })
})

test('a number is a whole one within its bounds', () => {
  const bounds = { least: 8, most: 64 }
  expect(numberIn(' 12 ', bounds)).toBe(12)
  for (const text of ['', '7', '65', '12.5', '-9', '1e1', '十']) expect(numberIn(text, bounds)).toBeNull()
  expect(numberIn('2', { least: 0, most: null }, 3_600)).toBe(7_200)
})

test('of whom something is said', () => {
  expect(subjectOf('')).toEqual({ kind: 'everybody', name: '' })
  expect(subjectOf('role:admin')).toEqual({ kind: 'role', name: 'admin' })
  expect(subjectOf('post:店长')).toEqual({ kind: 'post', name: '店长' })
})

test('what a unit says itself is not what it inherits', () => {
  const said = (unit: string, subject: string, value: number): PolicySaid => ({
    ...{ id: '1', unit, subject, value, locked: false, reason: '', person: null },
  })
  const policy = { own: said('2', '', 60), special: [said('2', 'role:admin', 30)] } as unknown as PolicyView
  expect(ownValue(policy, '')).toBe(60)
  expect(ownValue({ ...policy, own: null }, '')).toBeNull()
  expect(ownValue(policy, 'role:admin')).toBe(30)
  expect(ownValue(policy, 'role:auditor')).toBeNull()
})
