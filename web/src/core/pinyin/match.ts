import type { Haystack, Needle, Part } from './haystack.ts'

const ranks = {
  ...{ whole: 0, word: 1, start: 2, initials: 3, syllables: 4, sounds: 5 },
  ...{ later: 6, otherwise: 7, turned: 8, inside: 9, words: 10 },
}

/** The rank of the weakest fit. */
export const worstRank = ranks.words

/** Names so short may be said with the family name at the end. */
const turnedParts = 4

/**
 * How well a needle fits, 0 the best, or null when it does not: the name itself, a word of it, its start, its initials,
 * whole syllables from the start ("lin" of 林雨桐), starts of syllables ("lin" of 黎娜, "zhwei"), a later word or sound, other
 * readings (`chongqing` of 重庆), the family name at the end ("tianyou jiang"), anywhere inside, each word somewhere.
 */
export function matchRank(haystack: Haystack, needle: Needle): number | null {
  const { name, text, words, initials, parts } = haystack
  if (!needle.text) return needle.name !== '' && name.includes(needle.name) ? ranks.inside : null
  if (text === needle.text) return ranks.whole
  if (words.length > 1 && (words.includes(needle.text) || isTurned(words, needle.text))) return ranks.word
  if (text.startsWith(needle.text)) return ranks.start
  if (initials === needle.text) return ranks.initials
  const sound = usualRank(haystack, needle.text)
  if (sound !== null) return sound
  if (soundsFrom(parts, needle.text, 'all') !== null) return ranks.otherwise
  if (mayTurn(haystack) && soundsFrom(parts, needle.text, 'all', true) !== null) return ranks.turned
  if (text.includes(needle.text)) return ranks.inside
  const each = needle.words.length > 1 && needle.words.every(word => hasWord(haystack, word))
  return each ? ranks.words : null
}

function usualRank(haystack: Haystack, letters: string): number | null {
  const start = soundsFrom(haystack.parts, letters, 'usual')
  if (start === null) return null
  if (start > 0) return ranks.later
  return isWhole(haystack.parts, letters) ? ranks.syllables : ranks.sounds
}

function hasWord(haystack: Haystack, word: string): boolean {
  return haystack.text.includes(word) || soundsFrom(haystack.parts, word, 'all') !== null
}

/** "Tan Marcus" of Marcus Tan. */
function isTurned(words: readonly string[], text: string): boolean {
  return words.some((_, index) => index > 0 && [...words.slice(index), ...words.slice(0, index)].join('') === text)
}

function mayTurn({ words, parts }: Haystack): boolean {
  return words.length > 1 || parts.length <= turnedParts
}

/** The first part from which on the letters sound; `turned`: after the last part the first follows. */
function soundsFrom(parts: readonly Part[], letters: string, which: 'usual' | 'all', turned = false): number | null {
  for (let start = 0; start < parts.length; start += 1) {
    const end = turned ? start + parts.length : parts.length
    if (
      beginsWith(parts[start], letters, which) &&
      soundsLike({ parts, which, end, failed: new Set() }, start, letters)
    )
      return start
  }
  return null
}

function beginsWith(part: Part | undefined, letters: string, which: 'usual' | 'all'): boolean {
  return part !== undefined && (part[which].some(sound => sound[0] === letters[0]) || letters.startsWith(part.text))
}

/** Whether the letters are the first syllables, none of them cut short. */
function isWhole(parts: readonly Part[], letters: string): boolean {
  let rest = [letters]
  for (const { usual } of parts) {
    rest = rest.flatMap(left => usual.flatMap(sound => (left.startsWith(sound) ? [left.slice(sound.length)] : [])))
    if (rest.includes('')) return true
  }
  return false
}

interface Attempt {
  parts: readonly Part[]
  which: 'usual' | 'all'
  /** Where the parts end; past their number they begin again. */
  end: number
  /** Not tried again: "a a a a …" can be parted in more ways than anybody could wait for. */
  failed: Set<string>
}

/** Whether the letters are starts of consecutive parts from `index` on, or the parts as written. */
function soundsLike(attempt: Attempt, index: number, letters: string): boolean {
  if (!letters) return true
  const { parts, which, end, failed } = attempt
  const part = index < end ? parts[index % parts.length] : undefined
  const place = `${index} ${letters.length}`
  if (!part || failed.has(place)) return false
  const lengths = new Set(letters.startsWith(part.text) ? [part.text.length] : [])
  for (const sound of part[which])
    for (let length = commonLength(sound, letters); length > 0; length -= 1) lengths.add(length)
  for (const length of lengths) if (soundsLike(attempt, index + 1, letters.slice(length))) return true
  failed.add(place)
  return false
}

function commonLength(a: string, b: string): number {
  let length = 0
  while (length < a.length && length < b.length && a[length] === b[length]) length += 1
  return length
}
