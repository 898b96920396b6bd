import { syllableStarts } from './syllables.gen.ts'

const chinese = /\p{Script=Han}/u
const collator = new Intl.Collator('zh-u-co-pinyin')
const known = new Map<string, string>()

/**
 * The pinyin of a text, a syllable a character, other words as they are: "华东 Team" gives ["hua", "dong", "team"].
 * People carry the server's pinyin, which knows names; this is for what has none, such as titles of groups. Of
 * characters with several readings it knows the most common.
 */
export function pinyinOf(text: string): string[] {
  const parts: string[] = []
  let word = ''
  for (const character of text.toLowerCase()) {
    const isChinese = chinese.test(character)
    if (!isChinese && /[\p{L}\p{N}]/u.test(character)) {
      word += character
      continue
    }
    if (word) parts.push(word)
    word = ''
    if (isChinese) parts.push(syllableOf(character))
  }
  return word ? [...parts, word] : parts
}

function syllableOf(character: string): string {
  let syllable = known.get(character)
  if (syllable === undefined) {
    syllable = search(character)
    known.set(character, syllable)
  }
  return syllable
}

/** Binary search for the last syllable that starts at or before the character. */
function search(character: string): string {
  let low = 0
  let high = syllableStarts.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (collator.compare(syllableStarts[middle]?.[0] ?? '', character) <= 0) low = middle + 1
    else high = middle
  }
  return syllableStarts[low - 1]?.[1] ?? character
}
