import { describe, expect, test } from 'vitest'
import { clockTime, dayLabel, daysBetween, fullTime, listTime } from './formats'

const now = new Date(2026, 10, 22, 15, 30)
const at = (year: number, month: number, day: number, hour = 10, minute = 2) =>
  new Date(year, month - 1, day, hour, minute, 7)

describe('listTime', () => {
  test.each([
    [at(2026, 11, 22), '10:02', '10:02'],
    [at(2026, 11, 22, 0, 5), '00:05', '00:05'],
    [at(2026, 11, 21, 23, 59), '昨天', 'Yesterday'],
    [at(2026, 11, 20), '星期五', 'Fri'],
    [at(2026, 11, 16), '星期一', 'Mon'],
    [at(2026, 11, 15), '11/15', '11/15'],
    [at(2025, 12, 31), '2025/12/31', '12/31/2025'],
    [at(2026, 11, 23, 1), '01:02', '01:02'],
  ])('%s', (date, chinese, english) => {
    expect(listTime(date, 'zh-CN', now)).toBe(chinese)
    expect(listTime(date, 'en', now)).toBe(english)
  })
})

test('dayLabel names near days and writes out far ones', () => {
  expect(dayLabel(at(2026, 11, 22), 'zh-CN', now)).toBe('今天')
  expect(dayLabel(at(2026, 11, 21), 'en', now)).toBe('Yesterday')
  expect(dayLabel(at(2026, 11, 18), 'zh-CN', now)).toBe('11月18日 星期三')
  expect(dayLabel(at(2025, 11, 18), 'zh-CN', now)).toBe('2025年11月18日 星期二')
})

test('clockTime and fullTime are in 24 hours', () => {
  expect(clockTime(at(2026, 11, 22, 0, 0), 'en')).toBe('00:00')
  expect(fullTime(at(2026, 11, 18), 'zh-CN')).toBe('2026年11月18日 星期三 10:02:07')
})

test('daysBetween counts midnights, not hours', () => {
  expect(daysBetween(new Date(2026, 10, 21, 23, 59), new Date(2026, 10, 22, 0, 1))).toBe(1)
  expect(daysBetween(new Date(2026, 2, 28, 12), new Date(2026, 2, 30, 1))).toBe(2)
})
