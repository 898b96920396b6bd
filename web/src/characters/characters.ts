/**
 * What text is made of: what shows, what is a letter of a name, what is one emoji, and when two texts are the same. The
 * rules are the server's (src/bilin/core/characters.py); both are held to tests/core/characters.json. Browsers know
 * older and newer versions of Unicode: what is not assigned yet is a character of tomorrow.
 */

/** Does not show, but belongs to the sign before: joiners, variation selectors (of ideographs as well), marks of order. */
const belonging = String.raw`\u034F\u180B-\u180F\u17B4\u17B5\u200C\u200D\uFE00-\uFE0F\u{E0100}-\u{E01EF}`
const emojiElement =
  String.raw`(?:\p{RI}\p{RI}|[0-9#*]\uFE0F?\u20E3` +
  String.raw`|(?:\p{Extended_Pictographic}[\uFE0E\uFE0F]?\p{EMod}?|\p{EMod})(?:[\u{E0020}-\u{E007E}]+\u{E007F})?)`
/** An emoji (UTS #51, ED-17a), by properties that hold for the emoji of coming years as well. */
const emoji = String.raw`${emojiElement}(?:\u200D${emojiElement})*`

const anyEmoji = new RegExp(emoji, 'gv')
const oneEmoji = new RegExp(`^${emoji}$`, 'v')
const fewEmoji = new RegExp(String.raw`^(?:${emoji}\s*){1,3}$`, 'v')
const shown = /[^\p{White_Space}\p{DI}\p{Cc}\p{Cf}\p{Cs}\p{NChar}\p{Mn}\u2800]/v
const hidden = new RegExp(
  String.raw`[[\p{DI}\p{Cc}\p{Cs}\p{NChar}\uFFF9-\uFFFB]--[${belonging}]]|(?<=\S)\u2800` +
    String.raw`|[${belonging}](?=[${belonging}])|(?:^|(?<=\s))[${belonging}]|[\u200C\u200D](?=\s|$)` +
    String.raw`|(?<=[\p{sc=Han}\p{sc=Latin}\p{sc=Cyrillic}\p{sc=Greek}\p{sc=Hangul}\p{sc=Hiragana}\p{sc=Katakana}\p{N}\p{P}\p{Co}])[\u200C\u200D]` +
    String.raw`|(?<=[\p{sc=Han}\p{sc=Latin}\p{sc=Cyrillic}\p{sc=Greek}\p{sc=Hangul}\p{sc=Hiragana}\p{sc=Katakana}])[\u034F\u180B-\u180F\uFE03-\uFE0F]`,
  'v',
)
const letter = /[[\p{L}\p{N}\p{Co}]--\p{DI}]|[\p{Cn}--[\p{NChar}\p{DI}\p{Extended_Pictographic}]]/v
const spaces = /\p{White_Space}+/gv
const accent = /[\p{Mn}&&\p{sc=Zinh}]/gv
const between = /[\p{Z}\p{P}\p{Cc}\p{Cf}\p{Cs}\u02D9\u2219\u22C5\u25CF]+/v
const eastAsian = /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{Co}]/v
const ideograph = /^\p{sc=Han}/v
const parts = /\p{sc=Han}|\P{sc=Han}+/gv

/** Letters with a stroke and ligatures, which no decomposition takes apart. */
const plain: Record<string, string> = {
  ...{ đ: 'd', ð: 'd', ł: 'l', ø: 'o', ħ: 'h', ŧ: 't', ŋ: 'n', æ: 'ae', œ: 'oe', þ: 'th', ς: 'σ' },
}
const strokes = new RegExp(`[${Object.keys(plain).join('')}]`, 'gv')

/** A name as the server stores it: composed, with single blanks. */
export function tidy(text: string): string {
  return text.normalize('NFC').replace(spaces, ' ').replace(/^ | $/g, '')
}

/** The first character that nobody would see in a name, as "U+202E"; null where there is none. */
export function hiddenSign(text: string): string | null {
  const sign = hidden.exec(tidy(text).replace(anyEmoji, ''))?.[0].codePointAt(0)
  return sign === undefined ? null : `U+${sign.toString(16).toUpperCase().padStart(4, '0')}`
}

/** Why a name is refused: a reason as the server gives it. */
export type NameRefusal = { code: 'missing' } | { code: 'no_letter' } | { code: 'not_shown'; sign: string }

/** Why the server would refuse a name; null: it would not. */
export function nameRefusal(text: string): NameRefusal | null {
  if (isBlank(text)) return { code: 'missing' }
  return hiddenRefusal(text) ?? (hasLetter(text) ? null : { code: 'no_letter' })
}

/** The same for the title of a group, which may be emoji alone. */
export function titleRefusal(text: string): NameRefusal | null {
  return isBlank(text) ? { code: 'missing' } : hiddenRefusal(text)
}

function hiddenRefusal(text: string): NameRefusal | null {
  const sign = hiddenSign(text)
  return sign === null ? null : { code: 'not_shown', sign }
}

/** Whether nobody would see anything: blanks, fillers and formatting only. */
export function isBlank(text: string): boolean {
  return !shown.test(text)
}

/** Whether a name could be spoken: a letter or digit of any script, one of private use, or one of tomorrow. */
export function hasLetter(text: string): boolean {
  return letter.test(text)
}

/** The letters of a text, each whole. */
export function lettersOf(text: string): string[] {
  return [...text].filter(hasLetter)
}

/** Whether one or two characters say what a word does, as in Chinese, Japanese and Korean. */
export function isEastAsian(character: string): boolean {
  return eastAsian.test(character)
}

/** Whether it is a Chinese character. */
export function isIdeograph(character: string): boolean {
  return ideograph.test(character)
}

/** Whether it is one emoji, made of as many code points as it takes. */
export function isEmoji(text: string): boolean {
  return oneEmoji.test(text)
}

/** One to three emoji and nothing else. */
export function isFewEmoji(text: string): boolean {
  return fewEmoji.test(text)
}

/** Text as it is compared: width, case and accents of letters make no difference. */
export function fold(text: string): string {
  const bare = text.normalize('NFKD').replace(accent, '')
  const lower = bare.toLowerCase().toUpperCase().toLowerCase()
  return lower.replace(strokes, sign => plain[sign] ?? sign).normalize('NFC')
}

/** The words of a text, folded: what stands between blanks, dots and other punctuation of any width. */
export function wordsOf(text: string): string[] {
  return fold(text).split(between).filter(Boolean)
}

/** What is said one by one: each Chinese character, and each word of other letters; folded. */
export function partsOf(text: string): string[] {
  return wordsOf(text).flatMap(word => word.match(parts) ?? [])
}

/** Text as it is looked for: folded, and blanks and punctuation make no difference. */
export function squashed(text: string): string {
  return wordsOf(text).join('')
}

/**
 * Text as it is drawn: without signs that turn letters around (U+202D, U+202E), which show "exe.png" for "gnp.exe". What
 * is read from right to left by itself needs none of them.
 */
export function drawn(text: string): string {
  return text.replace(/[\u202D\u202E]/g, '')
}

/** At most this many characters, none of them cut in two. */
export function cut(text: string, limit: number): string {
  return [...text].slice(0, limit).join('')
}
