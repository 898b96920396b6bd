import type { Conversation, Message } from '../../core/api/contract.ts'

/** A message before anything happened to it: a new field of messages begins here, and nowhere else. */
export const freshMessage: Omit<Message, 'id' | 'conversation' | 'sender' | 'seq'> = {
  kind: 'text',
  content: null,
  notice: null,
  reply_to: null,
  edited: null,
  recalled: null,
  reactions: [],
  mentions: [],
  mentions_all: false,
  arrived: null,
  starred: null,
}

type Given = 'id' | 'kind' | 'title' | 'peer' | 'members' | 'my_role' | 'created' | 'joined'

/** A conversation before anything happened in it: a new field of conversations begins here, and nowhere else. */
export const freshConversation: Omit<Conversation, Given> = {
  last_seq: 0,
  read_seq: 0,
  mention_seq: 0,
  recalled_seqs: [],
  last_message: null,
  muted: false,
  pinned: false,
  hidden: false,
  unread: false,
  marks: [],
  sites: [],
  draft: null,
}
