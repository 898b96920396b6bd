import { fold, isIdeograph, partsOf, squashed, wordsOf } from '@/characters'
import { readingsOf, spellingsOf } from './readings.ts'

/** A character or a word of a name. */
export interface Part {
  text: string
  /** How it is said, in every way to type it. */
  usual: readonly string[]
  /** How it may be said. */
  all: readonly string[]
}

/** A name made ready to be searched many times. */
export interface Haystack {
  /** Folded, with its blanks and dots. */
  name: string
  /** Without them. */
  text: string
  words: readonly string[]
  parts: readonly Part[]
  initials: string
}

/** What somebody typed, made ready to be looked for. */
export interface Needle {
  name: string
  /** Blanks and dots make no difference: "zhang wei" finds what "zhangwei" finds. */
  text: string
  words: readonly string[]
}

/**
 * `pinyin` ("zhang wei") is how the server reads a person's name. Titles of groups and names of units, which have none,
 * are read by the table of readings.
 */
export function haystackOf(name: string, pinyin = ''): Haystack {
  const words = wordsOf(name)
  const texts = partsOf(name)
  const said = pinyin.split(' ')
  const parts = texts.map((text, index) => partOf(text, said.length === texts.length ? said[index] : undefined))
  const initials = parts.map(({ usual, text }) => (usual[0] ?? text)[0] ?? '').join('')
  return { name: fold(name), text: words.join(''), words, parts, initials }
}

export function needleOf(query: string): Needle {
  return { name: fold(query).trim(), text: squashed(query), words: wordsOf(query) }
}

function partOf(text: string, said: string | undefined): Part {
  if (!isIdeograph(text)) return { text, usual: [text], all: [text] }
  const readings = readingsOf(text)
  const usual = said ?? readings[0]
  const most = usual === undefined ? [] : spellingsOf(usual)
  return { text, usual: most, all: [...new Set([...most, ...readings.flatMap(spellingsOf)])] }
}
