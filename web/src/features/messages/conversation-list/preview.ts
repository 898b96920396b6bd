import { t } from '@lingui/core/macro'
import type { Content, Conversation, Message } from '@/core/api'
import { contentLine } from '../blocks/text'
import { noticeText, type Reader, recalledText } from '../wording/notice-text'

/** The second line of a conversation in the list. */
export interface Preview {
  /** What calls for me, said before the text in the danger colour. */
  mark: 'failed' | 'draft' | 'mention' | 'everyone' | null
  text: string
}

/** What is there for me alone: what I wrote that is not in the conversation, and whether somebody calls. */
export interface Mine {
  /** A message that the server refused. */
  failed: Content | null
  draft: Content | null
  /** Whom an unread message there calls. */
  call: 'me' | 'all' | null
}

/** More of a message than a row shows would only be read aloud. */
const longest = 100

/** Call it while rendering, so that it follows the language. */
export function previewOf(conversation: Conversation, mine: Mine, reader: Reader): Preview {
  const { mark, text } = wholeOf(conversation, mine, reader)
  return { mark, text: cut(text) }
}

/** A message as it stands in the list: in a group with who said it. */
export function messageLine(message: Message, conversation: Conversation, reader: Reader): string {
  return cut(lastText(message, conversation, reader))
}

function cut(text: string): string {
  return text.length > longest ? `${[...text].slice(0, longest).join('')}…` : text
}

function wholeOf(conversation: Conversation, { failed, draft, call }: Mine, reader: Reader): Preview {
  if (failed) return { mark: 'failed', text: contentLine(failed, { everyone: t`all` }) }
  if (draft && draft.blocks.length > 0) return { mark: 'draft', text: contentLine(draft, { everyone: t`all` }) }
  const mark = call && ({ me: 'mention', all: 'everyone' } as const)[call]
  const message = conversation.last_message
  return { mark, text: message ? lastText(message, conversation, reader) : '' }
}

function lastText(message: Message, conversation: Conversation, reader: Reader): string {
  if (message.kind === 'notice') return noticeText(message, reader)
  if (message.recalled) return recalledText(message, reader)
  const text = message.content ? contentLine(message.content, { everyone: t`all` }) : ''
  if (conversation.kind === 'direct') return text
  const sender = message.sender === reader.me ? t`Me` : reader.nameOf(message.sender)
  return t({ message: `${sender}: ${text}`, comment: 'Last message of a group: who, what' })
}
