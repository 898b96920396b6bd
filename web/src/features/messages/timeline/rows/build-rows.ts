import { type Id, idTime, type Message } from '@/core/api'
import { type Outgoing, sentKey } from '@/log'

/**
 * One line of the timeline. `key` is the same as long as it is the same thing. `continued`: it belongs together with the
 * one above; `endsRun`: the one below does not belong to it.
 */
export type Row =
  | { kind: 'day'; key: string; id: Id }
  | { kind: 'new'; key: string }
  | { kind: 'notice'; key: string; message: Message }
  | MessageRow
  | { kind: 'outgoing'; key: string; outgoing: Outgoing; continued: boolean }

export interface MessageRow {
  kind: 'message'
  key: string
  message: Message
  continued: boolean
  endsRun: boolean
  /** The number of my next message, where this is one of mine, too. */
  nextMine: number | null
}

export interface RowsInput {
  /** Ascending by id. */
  messages: readonly Message[]
  /** Mine that the server has not taken yet, in the order of sending; they stand after all others. */
  outgoing: readonly Outgoing[]
  me: Id
  /** Where the line "new messages" stands: after the message of this number. Null: nowhere. */
  newAfter: number | null
  /** Nothing is before the first of `messages`. */
  fromStart: boolean
}

/** Messages of one sender this close, in ms, look like one: avatar and name are shown once. */
export const togetherMs = 5 * 60_000

/** Late messages that came this close, in ms, came with the same merge. */
const togetherLateMs = 60_000

/** Everything the timeline shows, in order. */
export function buildRows(input: RowsInput): Row[] {
  const rows: Row[] = []
  const newFrom = findFirstNew(input)
  let day = Number.NaN
  let before: Message | null = null
  for (const message of input.messages) {
    const today = dayOf(idTime(message.id))
    const begins = today !== day || message === newFrom
    if (today !== day) rows.push({ kind: 'day', key: `day ${message.id}`, id: message.id })
    if (message === newFrom) rows.push({ kind: 'new', key: 'new' })
    add(rows, messageRow(message, !begins && before !== null && isContinued(before, message)))
    day = today
    before = message
  }
  for (const [index, outgoing] of input.outgoing.entries()) {
    const continued = index > 0 || (before !== null && joins(before, input.me, outgoing.at))
    add(rows, { kind: 'outgoing', key: outgoing.key, outgoing, continued })
  }
  tellNext(rows, input.me)
  return rows
}

function tellNext(rows: readonly Row[], me: Id): void {
  let next: number | null = null
  for (const row of rows.toReversed()) {
    if (row.kind !== 'message' || row.message.sender !== me || row.message.recalled) continue
    row.nextMine = next
    next = row.message.seq
  }
}

/** Index of the row of a message, or -1. */
export function rowOf(rows: readonly Row[], message: Id): number {
  return rows.findIndex(row => row.kind !== 'day' && 'message' in row && row.message.id === message)
}

/** The message of the row, or of the next one that has one: what a date over the timeline is about. */
export function messageFrom(rows: readonly Row[], index: number): Message | null {
  for (let at = Math.max(0, index); at < rows.length; at++) {
    const row = rows[at]
    if (row && 'message' in row) return row.message
  }
  return null
}

function add(rows: Row[], row: Row): void {
  const before = rows.at(-1)
  if (before?.kind === 'message' && 'continued' in row && row.continued) before.endsRun = false
  rows.push(row)
}

function messageRow(message: Message, continued: boolean): Row {
  if (message.kind === 'notice') return { kind: 'notice', key: message.id, message }
  return { kind: 'message', key: sentKey(message.id) ?? message.id, message, continued, endsRun: true, nextMine: null }
}

/**
 * The message below the line: the first of somebody else that I had not read. Without what comes before it, nobody knows
 * whether it is the first; then there is no line yet.
 */
function findFirstNew({ messages, newAfter, me, fromStart }: RowsInput): Message | null {
  if (newAfter === null) return null
  const isNew = (message: Message) => message.kind === 'text' && message.seq > newAfter && message.sender !== me
  const index = messages.findIndex(isNew)
  if (index < 0) return null
  return index > 0 || fromStart ? (messages[index] ?? null) : null
}

function isContinued(before: Message, message: Message): boolean {
  if (message.recalled || !joins(before, message.sender, idTime(message.id))) return false
  return message.arrived === before.arrived || cameTogether(before, message)
}

/** Messages that came late stand together when they came at once: how late is said beside the first. */
function cameTogether({ arrived: a }: Message, { arrived: b }: Message): boolean {
  return Boolean(a && b) && Math.abs(idTime(a as Id) - idTime(b as Id)) < togetherLateMs
}

function joins(before: Message, sender: Id, at: number): boolean {
  return before.kind === 'text' && !before.recalled && before.sender === sender && at - idTime(before.id) < togetherMs
}

function dayOf(ms: number): number {
  return new Date(ms).setHours(0, 0, 0, 0)
}

/** The message of the row, or of the nearest one before it that has one. */
export function messageBefore(rows: readonly Row[], index: number): Message | null {
  for (let at = Math.min(index, rows.length - 1); at >= 0; at--) {
    const row = rows[at]
    if (row && 'message' in row) return row.message
  }
  return null
}
