import { createContext, useContext } from 'react'
import type { Conversation, Id, Message, Role } from '@/core/api'
import type { Outgoing } from '@/log'
import { mayTakeBack } from '../messages/windows'
import type { RecalledWords } from '../recalled/recalled-words'

/** What the parts of an open conversation share. It changes rarely: every row of the timeline uses it. */
export interface Pane {
  conversation: Id
  kind: Conversation['kind']
  myRole: Role
  me: Id
  nameOf: (person: Id) => string
  /** Begins to write an answer that quotes the message. */
  reply: (message: Message) => void
  edit: (message: Message) => void
  /** Puts a message that was not sent back to where one writes. */
  takeBack: (outgoing: Outgoing) => void
  /** Puts the words of a message that I recalled back to where one writes. */
  editAgain: (words: RecalledWords) => void
  /** Asks first. */
  recall: (message: Message) => void
  react: (message: Message, emoji: string) => void
  copyText: (message: Message) => void
  copyLink: (message: Id) => void
  /** Scrolls to a message of this conversation, wherever in its history. */
  jumpTo: (message: Id) => void
  /** Scrolls to what was said from a moment on. */
  jumpToTime: (moment: Date) => void
}

export const PaneContext = createContext<Pane | null>(null)

export function usePane(): Pane {
  const pane = useContext(PaneContext)
  if (!pane) throw new Error('usePane is for the parts of an open conversation')
  return pane
}

/** Recalling is for the sender for a while, and for those who look after the group at any time. */
export function mayRecall(pane: Pick<Pane, 'me' | 'myRole' | 'kind'>, message: Message): boolean {
  return (pane.kind === 'group' && pane.myRole !== 'member') || (message.sender === pane.me && mayTakeBack(message))
}
