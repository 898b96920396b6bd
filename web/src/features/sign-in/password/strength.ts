/** What the server asks for at least, unless its administrator asks for more. */
export const minPasswordLength = 8

/** 0: too short · 1: easy to guess · 2: fair · 3: good · 4: strong */
export type Strength = 0 | 1 | 2 | 3 | 4

const common = ['password', 'passw0rd', 'qwerty', 'qwertyuiop', 'letmein', 'admin', 'welcome', 'iloveyou', 'woaini']
const rows = ['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', '1qaz2wsx3edc4rfv']

/**
 * A hint of how hard a password is to guess, from what it is made of once guessable parts (words everybody tries, runs
 * of the keyboard, repetition, the person's own names) count as one character each.
 */
export function passwordStrength(password: string, own: readonly string[] = []): Strength {
  if ([...password].length < minPasswordLength) return 0
  const bits = effectiveLength(password.toLowerCase(), own) * Math.log2(alphabetSize(password))
  if (bits < 40) return 1
  if (bits < 55) return 2
  return bits < 75 ? 3 : 4
}

function effectiveLength(password: string, own: readonly string[]): number {
  const guessable = [...own.map(word => word.toLowerCase().trim()).filter(word => word.length > 2), ...common]
  let rest = password
  let length = 0
  for (const word of guessable) {
    while (rest.includes(word)) {
      rest = rest.replace(word, '\n')
    }
  }
  for (let index = 0; index < rest.length; ) {
    index += runLength(rest, index)
    length += 1
  }
  return length
}

/** How many characters from `index` on are guessed with the first: a run of the keyboard, or the same again. */
function runLength(text: string, index: number): number {
  let same = 1
  while (text[index + same] === text[index]) same += 1
  if (same >= 3) return same
  for (const row of rows) {
    for (const line of [row, [...row].reverse().join('')]) {
      let length = 3
      if (!line.includes(text.slice(index, index + length)) || index + length > text.length) continue
      while (index + length < text.length && line.includes(text.slice(index, index + length + 1))) length += 1
      return length
    }
  }
  return 1
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
