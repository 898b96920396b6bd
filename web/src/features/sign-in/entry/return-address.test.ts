import { expect, test } from 'vitest'
import { returnAddress, returnSearch } from './return-address'

test.each(['/messages/1', '/contacts?unit=3', '/'])('%s is returned to', to => {
  expect(returnAddress(returnSearch({ to }))).toBe(to)
})

test.each([
  '//evil.example',
  '/\\evil.example',
  'https://evil.example',
  'javascript:alert(1)',
  '/sign-in',
  7,
  undefined,
])('%s is not returned to', to => {
  expect(returnAddress(returnSearch({ to }))).toBe('/')
})
