import type { Message, Quote } from '@/core/api'

/** What one writes for, where it is not simply the next message. */
export type Occasion = { kind: 'reply'; quote: Quote } | { kind: 'edit'; message: Message }

/** Characters of a message that its quotes hold. */
const quoteLength = 140

/** A message as its answers quote it. `text`: the message in one line. */
export function quoteOf(message: Message, text: string): Quote {
  const { id, sender, recalled } = message
  return { id, sender, text: [...text].slice(0, quoteLength).join(''), recalled: recalled !== null }
}
