import { expect, test } from 'vitest'
import { emojiQuery } from './emoji-query'

test.each([
  [':sm', 'sm', 3],
  ['好的 :rocket', 'rocket', 7],
  ['(:+1', '+1', 3],
  [':smile:', 'smile', 7],
  [':笑哭', '笑哭', 3],
])('%s asks for an emoji', (before, query, length) => {
  expect(emojiQuery(before)).toEqual({ query, length })
})

test.each([
  ':',
  ':s',
  '12:30',
  'http://localhost',
  '时间:明天',
  '注意：下雨',
  'a:smile',
  ':smile and',
  ': smile',
  ':-)',
  'std::vector',
])('%s asks for none', before => {
  expect(emojiQuery(before)).toBeNull()
})
