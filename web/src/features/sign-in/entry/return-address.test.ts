import { expect, test } from 'vitest'
import { returnAddress, returnSearch } from './return-address'

const address = (to: unknown, of?: unknown, person = '1') => returnAddress(returnSearch({ to, of }), person)

test.each(['/messages/1', '/contacts?unit=3', '/', '/messages/-5?at=7#x', '/contacts?q=%E5%BC%A0'])(
  '%s is returned to',
  to => {
    expect(address(to)).toBe(to)
  },
)

/** Addresses that lead away are tried through the router (app/open-redirect.test.ts). */
test.each(['/sign-in', '/sign-in/', '/sign-in?to=/', '/set-up', 7, undefined, ['/a'], { a: 1 }])(
  '%j is not returned to',
  to => {
    expect(address(to)).toBe('/')
  },
)

test('where a session ran out only its person comes back', () => {
  expect(address('/messages/1', '7', '7')).toBe('/messages/1')
  expect(address('/messages/1', '7', '8')).toBe('/')
})
