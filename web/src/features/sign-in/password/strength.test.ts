import { beforeAll, expect, test } from 'vitest'
import { passwordStrength } from './strength'
import { loadCommonPasswords } from './weakness'

beforeAll(loadCommonPasswords)

test.each([
  ['', 0],
  ['short1!', 0],
  ['aaaaaaaaaaaaaaaaaaaa', 1],
  ['1234567890123', 1],
  ['qwertyuiop[]', 1],
  ['password123456', 1],
  ['chenjing2026', 1],
  ['blue-lamp-7', 3],
  ['天涯若比邻海内存知己', 4],
  ['correct horse battery', 4],
])('%s has strength %i', (password, expected) => {
  expect(passwordStrength(password, ['Chen Jing', 'chenjing'])).toBe(expected)
})
