/** What is a letter of a name, what shows, what is an emoji, what is the same: asked nowhere else. */
export {
  cut,
  drawn,
  fold,
  hasLetter,
  hiddenSign,
  isBlank,
  isEastAsian,
  isEmoji,
  isFewEmoji,
  isIdeograph,
  lettersOf,
  nameRefusal,
  squashed,
  tidy,
  titleRefusal,
  wordsOf,
} from './characters'
