import { type Conversation, compareIds, type Id, type Person } from '@/core/api'
import { knownHaystackOf, matchRank, needleOf } from '@/core/pinyin'
import type { RankedPerson } from '@/features/contacts'
import { unreadOf } from '@/log'

/** What can be chosen in the switcher. */
export type Result =
  | { type: 'conversation'; id: string; conversation: Conversation; name: string }
  | { type: 'person'; id: string; person: Person }
  | { type: 'command'; id: string; command: Command }

/** Something to do, found by its words. */
export interface Command {
  id: string
  label: string
  /** Other words it is found by. */
  words?: string
  /** Another place takes the focus then. */
  takesFocus?: boolean
  run: () => void
}

export type SectionId = 'unread' | 'recent' | 'people' | 'groups' | 'commands' | 'more' | 'search'

export interface Section {
  id: SectionId
  items: Result[]
}

/** All that is known here, at the moment of asking. */
export interface Known {
  /** My conversations; those I hid as well. */
  conversations: readonly Conversation[]
  nameOf: (conversation: Conversation) => string
  /** Who fits a text, best first. */
  rankPeople: (text: string) => RankedPerson[]
  commands: readonly Command[]
  me: Id
}

const recentCount = 8
const foundCount = 8
const scopes: Record<string, readonly SectionId[]> = { '@': ['people'], '#': ['groups'], '>': ['commands'] }

/** `@li` asks for people, `#ops` for groups, `>dark` for commands, `li` for all. */
export function scopeOf(query: string): { sections: readonly SectionId[]; text: string } {
  const start = query.trimStart()
  const sections = scopes[start[0] ?? '']
  return sections ? { sections, text: start.slice(1) } : { sections: ['people', 'groups', 'commands'], text: start }
}

/** What fits a query, from what is known here alone; the section with the best fit comes first. */
export function resultsOf(query: string, known: Known): Section[] {
  const { sections, text } = scopeOf(query)
  if (!text.trim()) return sections.length > 1 ? startSections(known) : [wholeSection(sections[0] ?? 'people', known)]
  const ranked = sections.map(id => ({ id, found: ranks[id]?.(text, known) ?? [] }))
  return ranked
    .filter(({ found }) => found.length > 0)
    .sort((a, b) => (a.found[0]?.rank ?? 0) - (b.found[0]?.rank ?? 0))
    .map(({ id, found }) => ({ id, items: found.slice(0, foundCount).map(({ result }) => result) }))
}

/** People the server found, below all else and without those shown already. */
export function moreSection(sections: readonly Section[], people: readonly Person[], me: Id): Section {
  const shown = new Set(
    sections.flatMap(section => section.items).map(item => (item.type === 'person' ? item.person.id : '')),
  )
  const peers = sections
    .flatMap(section => section.items)
    .map(item => (item.type === 'conversation' ? item.conversation.peer : null))
  const fresh = people.filter(person => person.id !== me && !shown.has(person.id) && !peers.includes(person.id))
  return { id: 'more', items: fresh.map(personResult) }
}

interface Ranked {
  result: Result
  rank: number
}

const ranks: Partial<Record<SectionId, (text: string, known: Known) => Ranked[]>> = {
  people: rankedPeople,
  groups: rankedGroups,
  commands: rankedCommands,
}

function startSections(known: Known): Section[] {
  const shown = byActivity(known.conversations.filter(({ hidden }) => !hidden))
  const isUnread = (conversation: Conversation) => unreadOf(conversation) > 0 && !conversation.muted
  const unread = shown.filter(isUnread).slice(0, recentCount)
  const recent = shown.filter(conversation => !unread.includes(conversation)).slice(0, recentCount)
  const section = (id: SectionId, conversations: Conversation[]): Section => ({
    id,
    items: conversations.map(conversation => conversationResult(conversation, known)),
  })
  return [section('unread', unread), section('recent', recent)].filter(({ items }) => items.length > 0)
}

/** After a prefix alone: people talked to, groups, or all commands. */
function wholeSection(id: SectionId, known: Known): Section {
  if (id === 'commands') return { id, items: known.commands.map(commandResult) }
  const kind = id === 'groups' ? 'group' : 'direct'
  const conversations = byActivity(known.conversations.filter(each => each.kind === kind))
  return { id, items: conversations.slice(0, 2 * recentCount).map(each => conversationResult(each, known)) }
}

/** Somebody I talked with is shown as our conversation, before others who fit as well. */
function rankedPeople(text: string, known: Known): Ranked[] {
  const direct = new Map(known.conversations.flatMap(each => (each.peer === null ? [] : [[each.peer, each]])))
  const found = known.rankPeople(text).flatMap(({ person, rank }): Ranked[] => {
    if (person.id === known.me) return []
    const conversation = direct.get(person.id)
    return [{ rank, result: conversation ? conversationResult(conversation, known) : personResult(person) }]
  })
  return found.sort((a, b) => a.rank - b.rank || activity(b) - activity(a))
}

function rankedGroups(text: string, known: Known): Ranked[] {
  const needle = needleOf(text)
  const groups = byActivity(known.conversations.filter(({ kind }) => kind === 'group'))
  const found = groups.flatMap((group): Ranked[] => {
    const rank = matchRank(knownHaystackOf(group.title), needle)
    return rank === null ? [] : [{ rank, result: conversationResult(group, known) }]
  })
  return found.sort((a, b) => a.rank - b.rank)
}

function rankedCommands(text: string, known: Known): Ranked[] {
  const needle = needleOf(text)
  const found = known.commands.flatMap((command): Ranked[] => {
    const names = [command.label, ...(command.words?.split(',') ?? [])]
    const fits = names.map(name => matchRank(knownHaystackOf(name.trim()), needle)).filter(rank => rank !== null)
    return fits.length === 0 ? [] : [{ rank: Math.min(...fits), result: commandResult(command) }]
  })
  return found.sort((a, b) => a.rank - b.rank)
}

function activity({ result }: Ranked): number {
  return result.type === 'conversation' ? 1 : 0
}

function byActivity(conversations: readonly Conversation[]): Conversation[] {
  const last = (conversation: Conversation) => conversation.last_message?.id ?? conversation.created
  return conversations.toSorted((a, b) => compareIds(last(b), last(a)))
}

function conversationResult(conversation: Conversation, known: Known): Result {
  return { type: 'conversation', id: `c${conversation.id}`, conversation, name: known.nameOf(conversation) }
}

function personResult(person: Person): Result {
  return { type: 'person', id: `p${person.id}`, person }
}

function commandResult(command: Command): Result {
  return { type: 'command', id: `>${command.id}`, command }
}
