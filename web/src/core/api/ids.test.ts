import { expect, test } from 'vitest'
import { compareIds, idSite, idTime, laterId } from './ids.ts'

test('ids sort as the numbers they are, though they are too large for one', () => {
  const sorted = ['-9223372036854775808', '-77', '-8', '0', '9', '10', '250409310922739712', '250409310922739713']
  expect(sorted.toReversed().sort(compareIds)).toEqual(sorted)
  expect(compareIds('5', '5')).toBe(0)
  expect(laterId('9', '10')).toBe('10')
})

test('an id is a time', () => {
  const ms = Date.UTC(2026, 10, 22, 12)
  const id = (BigInt(ms - Date.UTC(2025, 0, 1)) << 22n) + 4_194_303n
  expect(idTime(String(id))).toBe(ms)
})

test('an id says where it was made', () => {
  expect(idSite(String((5n << 22n) + (1023n << 12n) + 7n))).toBe(1023)
  expect(idSite('-77')).toBe(0)
})
