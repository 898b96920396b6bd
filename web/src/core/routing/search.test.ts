import { parseSearchWith } from '@tanstack/react-router'
import { expect, test } from 'vitest'
import { searchId, searchText } from './search'

const parse = parseSearchWith(text => text) as (search: string) => Record<string, unknown>

test.each(['250417025388646400', '250417025388646401', '9223372036854775807', '-42', '7'])('id %s is kept', id => {
  expect(searchId(parse(`?unit=${id}`).unit)).toBe(id)
})

test.each(['', 'abc', '1e3', '12345678901234567890'])('%s is no id', text => {
  expect(searchId(parse(`?unit=${text}`).unit)).toBeUndefined()
})

test('text that looks like a number stays what was written', () => {
  expect(searchText(parse('?q=2024').q)).toBe('2024')
  expect(searchText(parse('?q=1e3').q)).toBe('1e3')
})
