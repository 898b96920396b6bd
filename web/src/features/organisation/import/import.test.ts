import { i18n } from '@lingui/core'
import { expect, test } from 'vitest'
import type { ImportRow, Reason } from '@/core/api'
import { badRowText } from './bad-row-text'
import { cellOf } from './download'
import { workbookOf } from './workbook'

test('cells are quoted where they must be, and never a formula', () => {
  expect(cellOf('a,b')).toBe('"a,b"')
  expect(cellOf('say "hi"')).toBe('"say ""hi"""')
  expect(cellOf('=HYPERLINK("x")')).toBe('"\'=HYPERLINK(""x"")"')
  expect(cellOf('林雨桐')).toBe('林雨桐')
  for (const formula of ['@SUM(1)', '+1', '-1', ' =1', '＝1', '＋1', '\u00a0=1'])
    expect(cellOf(formula)).toBe(`'${formula}`)
  for (const separated of ['a;=1', 'a\t=1', 'a\n=1']) expect(cellOf(separated)).toBe(`"${separated}"`)
})

i18n.loadAndActivate({ locale: 'en', messages: {} })
const reasonText = (reason: Reason) => `<${reason.code}>`

const row = (code: string, column = '', params: ImportRow['params'] = {}, why: Reason | null = null) =>
  ({ line: 2, code, column, params, reason: 'something new', why }) as ImportRow

test.each([
  [row('stands_already', 'login', { value: 'ann', line: 4 }), 'Login “ann” is already used in line 4'],
  [row('missing', 'login'), 'Login is missing'],
  [row('rule', 'email', { value: 'x' }, { code: 'not_an_email' }), 'Email “x”: <not_an_email>'],
  [
    row('not_the_company', 'unit', { value: "O'Neill", company: 'B' }),
    "Unit “O'Neill” is not the company; paths begin with “B”",
  ],
  [row('other_kind', 'kind', { line: 3, kind: 'branch' }), 'Kind: line 3 says this unit is a Branch'],
  [row('twice', 'further_units', { value: 'A/B' }), 'Further units: “A/B” is listed twice'],
  [row('too_many_cells', '', { cells: 9, columns: 7 }), 'The row has 9 cells, the first row names 7 columns'],
  [
    row('changed_number', 'login', { value: '1.00E+05' }),
    'Login “1.00E+05” looks like a number that a spreadsheet changed',
  ],
  [row('failed_cell', 'name', { value: '#N/A' }), 'Full name “#N/A” is what programs write where they have no value'],
  [row('empty_level', 'unit', { value: 'A//B', level: 2 }), 'Unit: level 2 of “A//B” is empty'],
  [
    row('changed_value', 'login', { value: '3月1日' }),
    'Login “3月1日” looks like a date or a truth value that a spreadsheet made',
  ],
  [row('new_code'), 'something new'],
])('%j', (bad, words) => {
  expect(badRowText(i18n, reasonText, bad)).toBe(words)
})

test('first passwords are text cells: zeros stay, nothing is a formula', async () => {
  const bytes = new Uint8Array(await workbookOf([['=cmd|x', '00778', 'a&<b']]).arrayBuffer())
  expect([...bytes.slice(0, 4)]).toEqual([0x50, 0x4b, 3, 4])
  const text = new TextDecoder().decode(bytes)
  expect(text).toContain('<c t="inlineStr"><is><t xml:space="preserve">00778</t></is></c>')
  expect(text).toContain('>=cmd|x<')
  expect(text).toContain('>a&amp;&lt;b<')
  expect(text).not.toContain('<f>')
})
