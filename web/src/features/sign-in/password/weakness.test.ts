import { beforeAll, expect, test } from 'vitest'
import { loadCommonPasswords, weaknessOf } from './weakness'

const own = ['云川集团', '张伟', 'zhang wei', 'zhang.wei', 'Marcus Tan']

beforeAll(loadCommonPasswords)

test.each([
  ['short7!', 'short'],
  ['', 'short'],
  ...['12345678', 'Password1!', 'P@ssw0rd2026', 'ＰＡＳＳＷＯＲＤ', 'welcome2026', '!!!dragon!!!', 'woaini1314'].map(
    each => [each, 'common'],
  ),
  ...['        ', 'aaaaaaaaaaaaaaaa', 'xkxkxkxkxk', '76543210abcdef', 'rewqfdsazxcv'].map(each => [each, 'regular']),
  ...['云川集团2026', 'zhang.wei2026', 'ZhangWei888', 'weizhang-1', 'bilin2026', '比邻2026比邻', 'tanmarcus!!'].map(
    each => [each, 'personal'],
  ),
])('%s is refused: %s', (password, weakness) => {
  expect(weaknessOf(password ?? '', own)).toBe(weakness)
})

test.each([
  'correct horse 电池',
  'harbour-lamp-7',
  'v2jj-sqaw-84ce',
  '天涯若比邻海内存知己',
  'only lower case letters',
  '7294016385',
])('%s is accepted', password => {
  expect(weaknessOf(password, own)).toBeNull()
})
