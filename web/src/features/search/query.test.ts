import { expect, test } from 'vitest'
import { withFilter, withoutFilter, withoutFilters, withoutNames } from './query'

test('filters are written into the query, once, and with quotes where they hold blanks', () => {
  expect(withFilter('合同', 'from', '@17')).toBe('合同 from:@17')
  expect(withFilter('合同 from:@17', 'from', '@17')).toBe('合同 from:@17')
  expect(withFilter('合同 before:2026 x', 'before', '2025', true)).toBe('合同 x before:2025')
  expect(withFilter('', 'in', 'Harbour Foods')).toBe('in:"Harbour Foods"')
})

test('a filter is taken out in whatever language and width it was written', () => {
  expect(withoutFilter('a 发件人：“胡 志强” b', '胡 志强', false)).toBe('a b')
  expect(withoutFilter('from:x -from:x', 'x', true)).toBe('from:x')
  expect(withoutFilter('http://x 10:30', '30', false)).toBe('http://x 10:30')
  expect(withoutFilters('a "b c" has:link -in:滨海')).toBe('a "b c"')
  expect(withoutNames('a before:2026 after:2025', ['before', 'after'])).toBe('a')
})
