import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { cut, drawn, fold, hasLetter, hiddenSign, isBlank, isEmoji, squashed, tidy } from '.'

/** The server is held to the same cases: tests/core/test_characters.py. */
const file = resolve(import.meta.dirname, '../../../tests/core/characters.json')
const cases = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string[]> &
  Record<'tidy' | 'hidden' | 'fold' | 'squashed', [string, string][]>

test.each(cases.tidy)('%j is stored as %j', (typed, stored) => {
  expect([tidy(typed), hiddenSign(typed)]).toEqual([stored, null])
})

test.each(cases.hidden)('in %j nobody sees %s', (typed, sign) => {
  expect(hiddenSign(typed)).toBe(sign)
})

test('blank is what nobody would see', () => {
  expect(cases.blank?.filter(text => !isBlank(text))).toEqual([])
  expect(cases.shown?.filter(isBlank)).toEqual([])
})

test('letters of names, and emoji', () => {
  expect(cases.letter?.filter(text => !hasLetter(text))).toEqual([])
  expect(cases.noLetter?.filter(hasLetter)).toEqual([])
  expect(cases.emoji?.filter(text => !isEmoji(text))).toEqual([])
  expect(cases.noEmoji?.filter(isEmoji)).toEqual([])
})

test('width, case, accents, blanks and dots make no difference', () => {
  expect(cases.fold.filter(([text, folded]) => fold(text) !== folded)).toEqual([])
  expect(cases.squashed.filter(([text, looked]) => squashed(text) !== looked)).toEqual([])
})

test('nothing is drawn turned around', () => {
  expect(drawn('报价\u202Egnp.exe')).toBe('报价gnp.exe')
})

test('no character is cut in two', () => {
  expect(cut('王\u{31350}明', 2)).toBe('王\u{31350}')
})
