import { expect, test } from 'vitest'
import { mentionQuery } from './mention-query'

test('what follows the @ up to the cursor', () => {
  expect(mentionQuery('@')).toEqual({ query: '', length: 1 })
  expect(mentionQuery('hello @mar')).toEqual({ query: 'mar', length: 4 })
})

test('right after Chinese, too', () => {
  expect(mentionQuery('请看@思')).toEqual({ query: '思', length: 2 })
})

test('not in mail addresses, nor after a space', () => {
  expect(mentionQuery('a.b@example')).toBeNull()
  expect(mentionQuery('@marcus and')).toBeNull()
  expect(mentionQuery('nothing')).toBeNull()
})

test('the last @ counts', () => {
  expect(mentionQuery('@a @b')).toEqual({ query: 'b', length: 2 })
})
