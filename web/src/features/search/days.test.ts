import { expect, test } from 'vitest'
import { dateText } from '@/core/time'
import { weeksOf } from './days'

test('a month in weeks from Monday', () => {
  const weeks = weeksOf(2026, 10)
  expect(weeks.length).toBe(6)
  expect(weeks.every(week => week.length === 7)).toBe(true)
  expect(weeks[0]?.map(day => day && dateText(day))).toEqual([...Array(6).fill(null), '2026-11-01'])
  expect(weeks.flat().filter(day => day !== null).length).toBe(30)
})
