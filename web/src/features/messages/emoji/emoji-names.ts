export type EmojiLanguage = 'zh' | 'en'

/** An emoji as the picker's data has it: what is written between colons is among its tags, as `:smile`. */
export interface NamedEmoji {
  emoji: string
  label: string
  tags?: readonly string[]
  order?: number
  version: number
}

/** Newer ones are not in the letters of every system; the picker leaves them out, too. */
const newest = 15
const shownAtMost = 8

const fetched = new Map<EmojiLanguage, Promise<readonly NamedEmoji[]>>()

/** The names of all emoji; none where they cannot be fetched. The picker shows the same. */
export function loadEmojiNames(language: EmojiLanguage): Promise<readonly NamedEmoji[]> {
  const before = fetched.get(language)
  if (before) return before
  const names = fetchNames(language).catch(() => {
    fetched.delete(language)
    return []
  })
  fetched.set(language, names)
  return names
}

async function fetchNames(language: EmojiLanguage): Promise<readonly NamedEmoji[]> {
  const answer = await fetch(`${__EMOJI_DATA_URL__}/${language}/data.json`)
  if (!answer.ok) throw new Error(`emoji: ${answer.status}`)
  const all = (await answer.json()) as NamedEmoji[]
  return all.filter(({ order, version }) => order !== undefined && version <= newest)
}

/** Those that are called so, the best first: by the name between colons, then by any name in either language, short names before long ones. */
export function findEmoji(names: readonly NamedEmoji[], query: string): NamedEmoji[] {
  const asked = query.toLowerCase()
  return names
    .map(named => ({ named, rank: rankOf(named, asked) }))
    .filter(({ rank }) => rank < noMatch)
    .sort((a, b) => a.rank - b.rank || codeOf(a.named).length - codeOf(b.named).length || orderOf(a) - orderOf(b))
    .slice(0, shownAtMost)
    .map(({ named }) => named)
}

/** `:smile`, as others write it; empty where it has no such name. */
export function codeOf({ tags = [] }: NamedEmoji): string {
  return tags.find(tag => tag.startsWith(':')) ?? ''
}

const noMatch = 4
const orderOf = ({ named }: { named: NamedEmoji }) => named.order ?? 0

function rankOf({ label, tags = [] }: NamedEmoji, asked: string): number {
  if (tags.includes(`:${asked}`)) return 0
  if (tags.some(tag => tag.startsWith(`:${asked}`))) return 1
  const words = [label, ...tags].map(word => word.toLowerCase())
  if (words.includes(asked)) return 2
  return words.some(word => word.startsWith(asked)) ? 3 : noMatch
}
