import { i18n, type Messages } from '@lingui/core'
import { remember, remembered } from '@/ui/device-memory'

export type Locale = 'zh-CN' | 'en'

/** Every language of the client, each named in itself. */
export const locales: { locale: Locale; name: string }[] = [
  { locale: 'zh-CN', name: '简体中文' },
  { locale: 'en', name: 'English' },
]

const stored = 'bilin.locale'

const catalogues: Record<Locale, () => Promise<{ messages: Messages }>> = {
  'zh-CN': () => import('./messages-zh-cn'),
  en: () => import('./messages-en'),
}

/** The language to begin with: the one used last on this device, else the first of the browser's that we speak. */
export function firstLocale(): Locale {
  const last = remembered(stored)
  if (last === 'zh-CN' || last === 'en') return last
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
  if (wanted !== locale) return
  i18n.loadAndActivate({ locale, messages })
  document.documentElement.lang = locale
  remember(stored, locale)
}

let wanted: Locale | undefined
