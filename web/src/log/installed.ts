import type { ConversationPage, EventFrame, EventType } from '../core/api/contract.ts'
import type { Rule } from './reducer/rule.ts'
import type { Header } from './reducer/state.ts'
import type { Slice } from './slice.ts'

type Parts = Readonly<Record<string, unknown>>

let rules: Readonly<Record<string, Rule<EventType>>> | null = null
let slices: readonly Slice[] = []
/** By event type: which parts of a conversation it changes though it is another feature's. */
let heeding = new Map<string, { name: string; heed: (value: unknown, event: EventFrame) => unknown }[]>()

/** Say what the log is made of: once, before anything is taken in. Throws when two slices bring the same. */
export function installSlices(all: readonly Slice[]): void {
  const entries = all.flatMap(slice => Object.entries(slice.rules))
  const parts = all.flatMap(({ conversation = [] }) => conversation.map(({ name }) => name))
  for (const names of [entries.map(([type]) => type), parts, all.map(({ name }) => name)]) {
    const twice = names.find((name, index) => names.indexOf(name) !== index)
    if (twice !== undefined) throw new Error(`Two slices of the log bring ${twice}`)
  }
  rules = Object.fromEntries(entries) as Record<string, Rule<EventType>>
  slices = all
  heeding = heedingOf(all)
}

function heedingOf(all: readonly Slice[]): typeof heeding {
  const found: typeof heeding = new Map()
  for (const { name, heeds } of all.flatMap(({ conversation = [] }) => conversation)) {
    for (const [type, heed] of Object.entries(heeds)) {
      found.set(type, [...(found.get(type) ?? []), { name, heed: heed as never }])
    }
  }
  return found
}

/** The conversation after its parts heeded an event of another feature. */
export function heeded(header: Header, event: EventFrame): Header {
  const parts = header.parts
  const changed = (parts && heeding.get(event.type))?.flatMap(({ name, heed }) => {
    const value = heed(parts[name], event)
    return value === parts[name] ? [] : [[name, value]]
  })
  return changed?.length ? { ...header, parts: { ...parts, ...Object.fromEntries(changed) } } : header
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

/** The parts of a conversation as fetched, or as it begins. */
export function conversationParts(answer: ConversationPage | 'begins'): Parts {
  const parts = slices.flatMap(({ conversation = [] }) => conversation)
  return Object.fromEntries(parts.map(part => [part.name, answer === 'begins' ? part.empty : part.fetched(answer)]))
}
