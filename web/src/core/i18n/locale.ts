import { i18n, type Messages } from '@lingui/core'
import { remember, remembered } from '@/ui/device-memory'
import { mergeCatalogues } from './merge-catalogues'

export type Locale = 'zh-CN' | 'en'

/** Every language of the client, each named in itself. */
export const locales: { locale: Locale; name: string }[] = [
  { locale: 'zh-CN', name: '简体中文' },
  { locale: 'en', name: 'English' },
]

/** The language that was chosen on this device, by the switch of the pages before the sign-in. */
const stored = 'bilin.locale'

const catalogues: Record<Locale, () => Promise<{ messages: Messages }>> = {
  'zh-CN': () => import('./messages-zh-cn'),
  en: () => import('./messages-en'),
}

/** Words that are no part of the first screen: what an administrator sees alone, the first visit, and the settings, by language and file. */
const later: Record<Locale, Record<string, () => Promise<{ messages: Messages }>>> = {
  'zh-CN': import.meta.glob<{ messages: Messages }>(
    '../../../locales/zh-CN/{administration,organisation,policies,set-up,settings}.po',
  ),
  en: import.meta.glob<{ messages: Messages }>(
    '../../../locales/zh-CN/{administration,organisation,policies,set-up,settings}.po',
    {
      query: '?english',
    },
  ),
}

/** The language while nobody is signed in: the one chosen on this device, else the browser's. */
export function firstLocale(): Locale {
  return chosenLocale() ?? browserLocale()
}

/** The language chosen by the switch on this device; null when nobody used it. */
export function chosenLocale(): Locale | null {
  const chosen = remembered(stored)
  return chosen === 'zh-CN' || chosen === 'en' ? chosen : null
}

/** The switch: shown now, and whenever nobody who has a language of their own is signed in here. */
export async function chooseLocale(locale: Locale): Promise<void> {
  remember(stored, locale)
  await activateLocale(locale)
}

/** The first of the browser's languages that we speak. */
export function browserLocale(): Locale {
  for (const language of navigator.languages) {
    if (language.startsWith('zh')) return 'zh-CN'
    if (language.startsWith('en')) return 'en'
  }
  return 'en'
}

/** Loads a language and shows everything in it. Called again, only the last call counts. */
export async function activateLocale(locale: Locale): Promise<void> {
  wanted = locale
  if (i18n.locale === locale) return
  const { messages } = await catalogues[locale]()
  const more = isLater ? await laterWords(locale) : {}
  if (wanted !== locale) return
  i18n.loadAndActivate({ locale, messages: { ...messages, ...more } })
  document.documentElement.lang = locale
}

/** A part of the client that comes later, with its words in the language that is shown. */
export async function withLaterWords<T>(part: Promise<T>): Promise<T> {
  isLater = true
  const locale = wanted ?? firstLocale()
  i18n.load(locale, await laterWords(locale))
  return await part
}

async function laterWords(locale: Locale): Promise<Messages> {
  return mergeCatalogues(await Promise.all(Object.values(later[locale]).map(load => load())))
}

let wanted: Locale | undefined
let isLater = false
