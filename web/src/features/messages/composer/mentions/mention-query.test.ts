import { expect, test } from 'vitest'
import { mentionQuery } from './mention-query'

test('what follows the @ up to the cursor', () => {
  expect(mentionQuery('@')).toEqual({ query: '', length: 1 })
  expect(mentionQuery('hello @mar')).toEqual({ query: 'mar', length: 4 })
})

test('right after Chinese, too', () => {
  expect(mentionQuery('请看@思')).toEqual({ query: '思', length: 2 })
})

test.each([
  ['项目A@王', '王'],
  ['OA@王', '王'],
  ['OA@王wei', '王wei'],
  ['请＠王', '王'],
  ['＠', ''],
  ['a@b.cn @王', '王'],
  ['项目A@wang', 'wang'],
  ['Q3@所有', '所有'],
  ['（@li', 'li'],
  ['v2.0@阿不都', '阿不都'],
])('%s calls %s', (before, query) => {
  expect(mentionQuery(before)).toEqual({ query, length: query.length + 1 })
})

test.each(['a@', 'a.b@e', 'li.na+x@yunchuan', 'li@yunchuan.cn', '发到li@yunchuan.cn', 'li＠yunchuan．cn', '2@3'])(
  '%s calls nobody',
  before => {
    expect(mentionQuery(before)).toBeNull()
  },
)

test('not in mail addresses, nor after a space', () => {
  expect(mentionQuery('a.b@example')).toBeNull()
  expect(mentionQuery('@marcus and')).toBeNull()
  expect(mentionQuery('nothing')).toBeNull()
})

test('the last @ counts', () => {
  expect(mentionQuery('@a @b')).toEqual({ query: 'b', length: 2 })
})
