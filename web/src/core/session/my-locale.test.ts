import { beforeEach, expect, test, vi } from 'vitest'
import type { Me } from '../api/contract.ts'
import { localeOf, startLocale } from './my-locale.ts'
import { rememberMe } from './remembered.ts'

beforeEach(() => {
  localStorage.clear()
  vi.spyOn(navigator, 'languages', 'get').mockReturnValue(['en-GB'])
})

function me(locale: 'zh-CN' | 'en' | null, unit: 'zh-CN' | 'en' | null = null): Me {
  return { preferences: { locale }, unit_locale: unit } as Me
}

const shown = (person: Me) => localeOf({ me: person, pending: {} })

test('what a person chose goes before all else', () => {
  localStorage.setItem('bilin.locale', 'en')
  expect(shown(me('zh-CN', 'en'))).toBe('zh-CN')
  expect(localeOf({ me: me('zh-CN'), pending: { locale: 'en' } })).toBe('en')
})

test('until they have, the switch of the sign-in page, then their branch, then the browser', () => {
  expect(shown(me(null))).toBe('en')
  expect(shown(me(null, 'zh-CN'))).toBe('zh-CN')
  localStorage.setItem('bilin.locale', 'en')
  expect(shown(me(null, 'zh-CN'))).toBe('en')
})

test('a page begins in the language of whoever is signed in here, else in that of the sign-in page', () => {
  expect(startLocale()).toBe('en')
  rememberMe(me('zh-CN'))
  expect(startLocale()).toBe('zh-CN')
})
