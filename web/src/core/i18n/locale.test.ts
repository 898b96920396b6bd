import { i18n, type Messages } from '@lingui/core'
import { beforeEach, expect, test, vi } from 'vitest'
import { activateLocale, chooseLocale, firstLocale, withLaterWords } from './locale'
import { mergeCatalogues } from './merge-catalogues'

beforeEach(() => localStorage.clear())

test('begins with the language chosen on this device, else the first of the browser that we speak', () => {
  const languages = vi.spyOn(navigator, 'languages', 'get')
  languages.mockReturnValue(['fr', 'zh-TW', 'en'])
  expect(firstLocale()).toBe('zh-CN')
  languages.mockReturnValue(['fr', 'en-GB'])
  expect(firstLocale()).toBe('en')
  languages.mockReturnValue(['fr'])
  expect(firstLocale()).toBe('en')
  localStorage.setItem('bilin.locale', 'zh-CN')
  expect(firstLocale()).toBe('zh-CN')
  localStorage.setItem('bilin.locale', 'tlh')
  expect(firstLocale()).toBe('en')
})

test('shows words and page language; what was chosen by the switch counts at the next start', async () => {
  vi.spyOn(navigator, 'languages', 'get').mockReturnValue(['en'])
  await activateLocale('zh-CN')
  expect(document.documentElement.lang).toBe('zh-CN')
  expect(i18n.locale).toBe('zh-CN')
  expect(firstLocale()).toBe('en')
  await chooseLocale('zh-CN')
  expect(firstLocale()).toBe('zh-CN')
})

test('of several calls the last counts, whatever loads first', async () => {
  await Promise.all([activateLocale('en'), activateLocale('zh-CN'), activateLocale('en')])
  expect(i18n.locale).toBe('en')
})

test('a part that comes later brings its words, in whatever language is chosen before and after', async () => {
  const files = import.meta.glob<{ messages: Messages }>(
    '../../../locales/zh-CN/{administration,organisation,policies,set-up,settings}.po',
    { eager: true },
  )
  const first = (await import('./messages-zh-cn')).messages
  const late = mergeCatalogues(files)
  const words = Object.keys(late).filter(id => !(id in first))
  expect(words.length).toBeGreaterThan(200)
  await activateLocale('en')
  expect(await withLaterWords(Promise.resolve('part'))).toBe('part')
  expect(words.filter(id => !(id in i18n.messages))).toEqual([])
  await activateLocale('zh-CN')
  expect(words.filter(id => i18n.messages[id] !== late[id])).toEqual([])
})
