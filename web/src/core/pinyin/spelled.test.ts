import { expect, test } from 'vitest'
import { spelledName } from './spelled.ts'

test.each([
  ['苏晚', 'su wan', 'Su Wan'],
  ['陈思远', 'chen si yuan', 'Chen Siyuan'],
  ['欧阳键', 'ou yang jian', 'Ouyang Jian'],
  ['欧阳', 'ou yang', 'Ou Yang'],
  ['诸葛孔明', 'zhu ge kong ming', 'Zhuge Kongming'],
  ['晚', 'wan', 'Wan'],
  ['Marcus Tan', '', ''],
  ['陈 Ann', 'chen', ''],
  ['苏晚', '', ''],
])('%s, "%s": %s', (name, pinyin, spelled) => {
  expect(spelledName(name, pinyin)).toBe(spelled)
})
