import type { Preferences } from '@/core/api'
import { desktop, phone } from './stage'

/** A size, a theme and a language of a screen. */
export type Look = [viewport: typeof desktop, theme: 'light' | 'dark', locale: Preferences['locale']]

/** Each size with each theme, each size with each language, each theme with each language. */
const pairs: Look[] = [
  [desktop, 'light', 'zh-CN'],
  [desktop, 'dark', 'en'],
  [phone, 'light', 'en'],
  [phone, 'dark', 'zh-CN'],
]
const others: Look[] = [
  [desktop, 'light', 'en'],
  [desktop, 'dark', 'zh-CN'],
  [phone, 'light', 'zh-CN'],
  [phone, 'dark', 'en'],
]

/** Any two of the three together; all three where pictures are taken, or EVERY_LOOK asks for it. */
export const looks = process.env.SCREENSHOTS || process.env.EVERY_LOOK ? [...pairs, ...others] : pairs
