import { browserLocale, chosenLocale, firstLocale, type Locale } from '../i18n'
import { rememberedMe } from './remembered.ts'
import { preferenceOf, type SessionState, sessionStore } from './session-store.ts'

/**
 * The language of whoever is signed in: what they chose. Until they have, what was chosen by the switch of the sign-in
 * page, what an administrator set for where they work, what the browser speaks.
 */
export function localeOf(state: LocaleState): Locale {
  return preferenceOf(state, 'locale') ?? chosenLocale() ?? state.me?.unit_locale ?? browserLocale()
}

type LocaleState = Pick<SessionState, 'me' | 'pending'>

export function useMyLocale(): Locale {
  return sessionStore(localeOf)
}

/** The language to begin with: of whoever was signed in last and still is, else of the sign-in page. */
export function startLocale(): Locale {
  const me = rememberedMe()
  return me ? localeOf({ me, pending: {} }) : firstLocale()
}
