import { minPasswordLength, runAt, type Weakness, weaknessOf } from './weakness'

/** 0: too short · 1: refused · 2: fair · 3: good · 4: strong */
export type Strength = 0 | 1 | 2 | 3 | 4

const runLength = 3

/**
 * A hint of how hard a password is to guess, from what it is made of once guessable parts (runs of the keyboard,
 * repetition, the person's own names) count as one character each.
 */
export function passwordStrength(password: string, own: readonly string[] = []): Strength {
  if ([...password].length < minPasswordLength) return 0
  if (weaknessOf(password, own)) return 1
  const bits = effectiveLength(password.toLowerCase(), own) * Math.log2(alphabetSize(password))
  if (bits < 55) return 2
  return bits < 75 ? 3 : 4
}

export type { Weakness }

function effectiveLength(password: string, own: readonly string[]): number {
  const guessable = own.map(word => word.toLowerCase().trim()).filter(word => word.length > 2)
  const rest = guessable.reduce((text, word) => text.replaceAll(word, '\n'), password)
  let length = 0
  for (let index = 0; index < rest.length; length++) {
    const run = runAt(rest, index)
    index += run < runLength ? 1 : run
  }
  return length
}

function alphabetSize(password: string): number {
  const kinds: [RegExp, number][] = [
    [/[a-z]/, 26],
    [/[A-Z]/, 26],
    [/[0-9]/, 10],
    [/[!-/:-@[-`{-~ ]/, 33],
    [/[^\0-\x7f]/, 500],
  ]
  return kinds.reduce((size, [kind, more]) => (kind.test(password) ? size + more : size), 1)
}
