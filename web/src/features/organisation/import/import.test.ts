import { i18n } from '@lingui/core'
import { expect, test } from 'vitest'
import { badRowText } from './bad-row-text'
import { cellOf } from './download'

test('cells are quoted where they must be, and never a formula', () => {
  expect(cellOf('a,b')).toBe('"a,b"')
  expect(cellOf('say "hi"')).toBe('"say ""hi"""')
  expect(cellOf('=HYPERLINK("x")')).toBe('"\'=HYPERLINK(""x"")"')
  expect(cellOf('林雨桐')).toBe('林雨桐')
})

i18n.loadAndActivate({ locale: 'en', messages: {} })
const reasonText = (reason: string) => `<${reason}>`

test.each([
  ["login: 'ann' stands in line 4 already", 'Login “ann” stands in line 4 already'],
  ['login: is missing', 'Login is missing'],
  ["email: 'x' is not an e-mail address", 'Email “x”: <is not an e-mail address>'],
  ["unit: 'A' is not the company; paths begin with 'B'", 'Unit “A” is not the company; paths begin with “B”'],
  [
    "unit: \"O'Neill\" is not the company; paths begin with 'B'",
    "Unit “O'Neill” is not the company; paths begin with “B”",
  ],
  ["kind: 'x' is none of branch, department, team", 'Kind “x” is none of branch, department, team'],
  ['kind: line 3 says this unit is a branch', 'Kind: line 3 says this unit is a branch'],
  ["further_units: 'A/B' stands there twice", 'Further units: “A/B” stands there twice'],
  ['has 9 cells, the first row names 7 columns', 'The row has 9 cells, the first row names 7 columns'],
  ['something new', 'something new'],
])('%s', (reason, words) => {
  expect(badRowText(i18n, reasonText, reason)).toBe(words)
})
