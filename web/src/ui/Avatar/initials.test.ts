import { describe, expect, test } from 'vitest'
import { avatarColour, groupInitials, personInitials } from './initials'

describe('personInitials', () => {
  test.each([
    ['陈思远', '思远'],
    ['苏晚', '苏晚'],
    ['Marcus Tan', 'MT'],
    ['priya nair', 'PN'],
    ['Jean-Luc de Groot', 'JG'],
    ['Aisyah', 'A'],
    ['欧阳 娜娜', '娜娜'],
    ['X', 'X'],
    ['', ''],
    ['😀', ''],
  ])('%s → %s', (name, expected) => expect(personInitials(name)).toBe(expected))
})

describe('groupInitials', () => {
  test.each([
    ['华东区经营周会', '华'],
    ['Singapore Branch', 'Si'],
    ['IT 服务台', 'IT'],
    ['Q 群', 'Q'],
  ])('%s → %s', (name, expected) => expect(groupInitials(name)).toBe(expected))
})

test('colours are spread over all eight and stay the same', () => {
  const colours = Array.from({ length: 200 }, (_, index) => avatarColour(String(123456789012 + index * 4096)))
  expect(new Set(colours).size).toBe(8)
  expect(Math.min(...colours)).toBe(1)
  expect(avatarColour('42')).toBe(avatarColour('42'))
})
