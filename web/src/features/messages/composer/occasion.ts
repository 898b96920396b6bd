import type { Id, Message, Quote } from '@/core/api'
import type { Draft } from '../drafts/drafts-store'

/** What one writes for, where it is not simply the next message. */
export type Occasion = { kind: 'reply'; quote: Quote } | { kind: 'edit'; message: Message }

/** The words of a message that were there: its last edit, or the message itself. */
export function versionOf(message: Message): Id {
  return message.edited ?? message.id
}

/** What one was writing for in a conversation: an edit that was begun, else an answer. */
export function occasionOf(draft: Draft | undefined): Occasion | null {
  const edit = draft?.edits?.at(-1)
  if (edit) return { kind: 'edit', message: edit.message }
  return draft?.reply_to ? { kind: 'reply', quote: draft.reply_to } : null
}

/** Characters of a message that its quotes hold. */
const quoteLength = 140

/** A message as its answers quote it. `text`: the message in one line. */
export function quoteOf(message: Message, text: string): Quote {
  const { id, sender, recalled } = message
  return { id, sender, text: [...text].slice(0, quoteLength).join(''), recalled: recalled !== null }
}
