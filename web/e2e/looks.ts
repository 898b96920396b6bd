import type { Preferences } from '@/core/api'
import { desktop, phone } from './stage'

/** A size, a theme and a language of a screen. */
export type Look = [viewport: typeof desktop, theme: 'light' | 'dark', locale: Preferences['locale']]

/** Each size, each theme and each language; English needs most room where there is least. */
const two: Look[] = [
  [desktop, 'light', 'zh-CN'],
  [phone, 'dark', 'en'],
]
const others: Look[] = [
  [desktop, 'dark', 'en'],
  [phone, 'light', 'en'],
  [phone, 'dark', 'zh-CN'],
  [desktop, 'light', 'en'],
  [desktop, 'dark', 'zh-CN'],
  [phone, 'light', 'zh-CN'],
]

/** Two by day; all eight in the slow tests (EVERY_LOOK), and where pictures are taken. */
export const looks = process.env.SCREENSHOTS || process.env.EVERY_LOOK ? [...two, ...others] : two

/** Of all the screens of a company one by day, where there is least room: the kit they are made of has both. */
export const looksOfScreens = looks === two ? two.slice(1) : looks
