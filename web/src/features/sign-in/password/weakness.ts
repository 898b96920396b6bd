/** What the server asks for at least, unless its administrator asks for more. */
export const minPasswordLength = 8

/** Why a password is refused. The server has the same rules, and knows how Chinese names are spelt: password_rules.py. */
export type Weakness = 'short' | 'common' | 'regular' | 'personal'

const rows = ['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', '1qaz2wsx3edc4rfv5tgb']
export const lines = rows.flatMap(row => [row, [...row].reverse().join('')])
const product = ['bilin', '比邻']
const spelt: Record<string, string> = { 0: 'o', 1: 'l', 3: 'e', 4: 'a', 5: 's', 7: 't', '@': 'a', $: 's', '!': 'i' }
const runLength = 3
const maxRuns = 3
const maxPeriod = 4
const wordLength = 3

/** The server's own list: a file by itself in the build, which only who chooses a password needs. */
const listFiles = import.meta.glob<string>('../../../../../src/bilin/identity/common-passwords.txt', {
  query: '?raw',
  import: 'default',
})
let common: ReadonlySet<string> = new Set()

/** Fetches the list of the most common passwords, once; without it the server still refuses them. */
export async function loadCommonPasswords(): Promise<void> {
  if (common.size > 0) return
  const [text = ''] = await Promise.all(Object.values(listFiles).map(load => load()))
  common = new Set(text.split('\n').filter(line => line && !line.startsWith('# ')))
}

/** The first reason for which a password is refused. `own`: names that others guess first. */
export function weaknessOf(password: string, own: readonly string[] = []): Weakness | null {
  if ([...password.normalize('NFKC')].length < minPasswordLength) return 'short'
  const folded = fold(password)
  if (isCommon(folded)) return 'common'
  if (isRegular([...folded])) return 'regular'
  return isPersonal(folded, own) ? 'personal' : null
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().normalize('NFKC')
}

function isCommon(folded: string): boolean {
  const core = folded.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
  const behind = folded.replace(/[^\p{L}]+$/u, '')
  return [folded, spell(folded), core, spell(core), spell(behind)].some(form => common.has(form))
}

function spell(text: string): string {
  return [...text].map(char => spelt[char] ?? char).join('')
}

function isRegular(chars: string[]): boolean {
  for (let period = 1; period <= maxPeriod; period++) {
    if (chars.every((char, at) => char === chars[at % period])) return true
  }
  let runs = 0
  for (let at = 0; at < chars.length; runs++) {
    const length = runAt(chars.join(''), at)
    if (length < runLength) return false
    at += length
  }
  return runs <= maxRuns
}

/** How many characters from `at` on are guessed with the first: the same again, or a run of the keyboard. */
export function runAt(text: string, at: number): number {
  let longest = 1
  while (at + longest < text.length && text[at + longest] === text[at]) longest += 1
  for (const line of lines) {
    while (at + longest < text.length && line.includes(text.slice(at, at + longest + 1))) longest += 1
  }
  return longest
}

function isPersonal(folded: string, own: readonly string[]): boolean {
  const words = [...new Set([...own, ...product].flatMap(wordsOf))].sort((a, b) => b.length - a.length)
  const rest = words.reduce((text, word) => text.replaceAll(word, ' '), folded)
  return rest !== folded && rest.replace(/[^\p{L}]/gu, '').length < wordLength
}

function wordsOf(name: string): string[] {
  const folded = fold(name)
  const parts = folded.split(/[^\p{L}\p{N}]+/u)
  const forms = [folded, parts.join(''), [...parts].reverse().join(''), ...parts]
  return forms.filter(word => word.length >= (/^[\0-\x7f]*$/.test(word) ? wordLength : 2))
}
