import { pinyinOf } from './pinyin.ts'

/** A name made ready to be searched many times. */
export interface Haystack {
  /** In lower case. */
  name: string
  initials: string
  /** How each character or word of the name is written and how it sounds. */
  parts: { text: string; sound: string }[]
}

/** What somebody typed, made ready to be looked for. */
export interface Needle {
  text: string
  /** Without spaces: "zhang wei" finds what "zhangwei" finds. */
  letters: string
}

/** `pinyin` ("zhang wei") is worked out when it is not given, as for titles of groups. */
export function haystackOf(name: string, pinyin = ''): Haystack {
  const sounds = pinyin ? plain(pinyin).split(' ') : pinyinOf(name)
  const texts = partsOf(name.toLowerCase())
  const aligned = texts.length === sounds.length
  const parts = sounds.map((sound, index) => ({ text: aligned ? (texts[index] ?? '') : '', sound }))
  return { name: name.toLowerCase(), initials: sounds.map(sound => sound[0] ?? '').join(''), parts }
}

export function needleOf(query: string): Needle {
  const text = plain(query.trim())
  return { text, letters: text.replace(/[\s'’]+/g, '') }
}

/**
 * How well a needle fits, 0 the best, or null when it does not: the name itself, its start, its initials, whole
 * syllables from the start ("lin" of 林雨桐), starts of syllables ("lin" of 黎娜, "zhwei"), a later word or sound,
 * anywhere inside.
 */
export function matchRank(haystack: Haystack, needle: Needle): number | null {
  const { name, initials, parts } = haystack
  const { text, letters } = needle
  if (!letters) return null
  if (name === text) return 0
  if (name.startsWith(text)) return 1
  if (initials === letters) return 2
  if (soundsLike(parts, 0, letters)) return isWhole(parts, letters) ? 3 : 4
  for (let start = 1; start < parts.length; start += 1) if (soundsLike(parts, start, letters)) return 5
  return name.includes(text) ? worstRank : null
}

/** The rank of the weakest fit. */
export const worstRank = 6

/** Whether the letters are the first syllables, none of them cut short. */
function isWhole(parts: Haystack['parts'], letters: string): boolean {
  let sound = ''
  for (const part of parts) {
    sound += part.sound
    if (sound.length >= letters.length) return sound === letters
  }
  return false
}

/**
 * Whether the letters are starts of consecutive parts from `index` on, or the parts as written. What `failed` already is
 * not tried again: of a name like "a a a a …" there are more ways to part the letters than anybody could wait for.
 */
function soundsLike(parts: Haystack['parts'], index: number, letters: string, failed = new Set<string>()): boolean {
  if (!letters) return true
  const part = parts[index]
  const place = `${index} ${letters.length}`
  if (!part || failed.has(place)) return false
  const lengths = part.text && letters.startsWith(part.text) ? [part.text.length] : []
  for (let length = commonLength(part.sound, letters); length > 0; length -= 1) lengths.push(length)
  if (lengths.some(length => soundsLike(parts, index + 1, letters.slice(length), failed))) return true
  failed.add(place)
  return false
}

function commonLength(a: string, b: string): number {
  let length = 0
  while (length < a.length && length < b.length && a[length] === b[length]) length += 1
  return length
}

/** Chinese by the character, all else by the word, as `pinyinOf` parts it. */
function partsOf(name: string): string[] {
  return name.match(/\p{Script=Han}|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu) ?? []
}

function plain(text: string): string {
  return text.toLowerCase().replaceAll('ü', 'v')
}
