import { isEastAsian, lettersOf } from '@/characters'

/** The letters of a person's avatar: 陈思远 → 思远, Marcus Tan → MT. What stands in brackets behind a name is none of it. */
export function personInitials(whole: string): string {
  const name = whole.replace(/(?<=\S)\s*[(（].*$/s, '')
  const letters = lettersOf(name)
  const chinese = letters.filter(isEastAsian)
  if (chinese.length > 0) return chinese.slice(-2).join('')
  const words = name.split(/[\s·.-]+/).flatMap(word => lettersOf(word).slice(0, 1))
  return [words[0], words.length > 1 && words.at(-1)].filter(Boolean).join('').toUpperCase()
}

/** The letters of a group's avatar: 华东区经营周会 → 华, Singapore Branch → Si. */
export function groupInitials(name: string): string {
  const letters = lettersOf(name)
  const first = letters[0] ?? ''
  return isEastAsian(first) ? first : capitalised(letters)
}

/** Which of the eight colours belongs to an id; the same everywhere and always. */
export function avatarColour(id: string): number {
  let hash = 0
  for (let index = 0; index < id.length; index++) hash = (Math.imul(hash, 31) + id.charCodeAt(index)) >>> 0
  return (hash % 8) + 1
}

function capitalised(letters: string[]): string {
  const [first = '', second = ''] = letters
  return first.toUpperCase() + (isEastAsian(second) ? '' : second)
}
