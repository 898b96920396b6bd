import type { Conversation } from '../../core/api/contract.ts'

/**
 * What is counted in a conversation, once reading moved on: a call that I have read is none, and of what was recalled only
 * what I have not read matters. The same object when nothing changes.
 */
export function counted(conversation: Conversation): Conversation {
  const { read_seq, mention_seq, recalled_seqs } = conversation
  const called = mention_seq > read_seq ? mention_seq : 0
  const recalled = recalled_seqs.filter(seq => seq > read_seq)
  if (called === mention_seq && recalled.length === recalled_seqs.length) return conversation
  return { ...conversation, mention_seq: called, recalled_seqs: recalled }
}

/** Texts that wait to be read: without those that were recalled. */
export function unreadOf({ last_seq, read_seq, recalled_seqs }: Conversation): number {
  return Math.max(0, last_seq - read_seq - recalled_seqs.filter(seq => seq > read_seq).length)
}

/** Somebody calls me, or all, in a text that I have not read. */
export function hasUnreadMention({ mention_seq, read_seq }: Conversation): boolean {
  return mention_seq > read_seq
}

/** A direct conversation that one of the two opened and in which nobody said anything, nor I began to: it is not listed. */
export function isSilent({ kind, last_message, muted, pinned, hidden, draft }: Conversation): boolean {
  return kind === 'direct' && last_message === null && !muted && !pinned && !hidden && draft === null
}
