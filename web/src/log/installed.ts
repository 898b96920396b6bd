import type { ConversationPage, EventType, Sync } from '../core/api/contract.ts'
import type { Rule } from './reducer/rule.ts'
import type { Slice } from './slice.ts'

type Parts = Readonly<Record<string, unknown>>

let rules: Readonly<Record<string, Rule<EventType>>> | null = null
let slices: readonly Slice[] = []

/** Say what the log is made of: once, before anything is taken in. Throws when two slices bring the same. */
export function installSlices(all: readonly Slice[]): void {
  const entries = all.flatMap(slice => Object.entries(slice.rules))
  const parts = all.flatMap(({ site = [], conversation = [] }) => [...site, ...conversation].map(({ name }) => name))
  for (const names of [entries.map(([type]) => type), parts, all.map(({ name }) => name)]) {
    const twice = names.find((name, index) => names.indexOf(name) !== index)
    if (twice !== undefined) throw new Error(`Two slices of the log bring ${twice}`)
  }
  rules = Object.fromEntries(entries) as Record<string, Rule<EventType>>
  slices = all
}

/** What an event type does; undefined for a type that this client does not know. Throws before slices are installed. */
export function installedRule(type: string): Rule<EventType> | undefined {
  if (!rules) throw new Error('The log has no slices: installSlices comes first')
  return Object.hasOwn(rules, type) ? rules[type] : undefined
}

/** The event types that are known. */
export function installedTypes(): string[] {
  return Object.keys(rules ?? {})
}

/** The parts of the site as of a fetch of everything. */
export function siteParts(answer: Sync, before: Parts | null): Parts {
  const parts = slices.flatMap(({ site = [] }) => site)
  return Object.fromEntries(parts.map(part => [part.name, part.fetched(answer, before?.[part.name])]))
}

/** The parts of a conversation as fetched, or as it begins. */
export function conversationParts(answer: ConversationPage | 'begins'): Parts {
  const parts = slices.flatMap(({ conversation = [] }) => conversation)
  return Object.fromEntries(parts.map(part => [part.name, answer === 'begins' ? part.empty : part.fetched(answer)]))
}
