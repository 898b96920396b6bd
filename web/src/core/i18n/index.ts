/** Languages: which are there, and changing between them. Words themselves come from Lingui's macros. */
export {
  activateLocale,
  browserLocale,
  chooseLocale,
  chosenLocale,
  firstLocale,
  type Locale,
  locales,
  withLaterWords,
} from './locale'
export { useListOf } from './useListOf.ts'
export { useLocale } from './useLocale'
