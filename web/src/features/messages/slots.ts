import type { MessageDescriptor } from '@lingui/core'
import type { LucideIcon } from 'lucide-react'
import type { ComponentType } from 'react'
import type { Conversation, Message } from '@/core/api'
import { Slot } from '@/core/slots'
import type { Pane } from './pane/pane-context'

/** Something that can be done with a message: one list for the menu, the bar under the pointer, the keyboard and the palette. */
export interface MessageAction {
  id: string
  label: MessageDescriptor
  icon: LucideIcon
  /** Pressed on a message that has the focus; upper case, as it is shown. */
  key?: string
  /** In the bar, too: as a button, or as what draws itself. */
  bar?: true | ComponentType<{ message: Message; onBusy: (busy: boolean) => void }>
  /** Drawn above the menu under a right click or a long press, instead of a line in it. */
  choices?: ComponentType<{ message: Message }>
  /** Apart from the others, at the end. */
  danger?: boolean
  isFor?: (message: Message, pane: Pane) => boolean
  /** One goes on to write: keys that follow are for the place where one does. */
  writes?: true
  run: (message: Message, pane: Pane) => void
}

export const messageActions = new Slot<MessageAction>()

/** A button beside the composer: it writes into it through what it is given. */
export const composerTools = new Slot<{ id: string; Tool: ComponentType<ComposerToolProps> }>()

export interface ComposerToolProps {
  insertText: (text: string) => void
  startMention: () => void
}

/** Between the header of an open conversation and its messages. */
export const paneBanners = new Slot<{ id: string; Banner: ComponentType<{ conversation: Conversation }> }>()

/** Under the words of a message: what is known of it beside them. */
export const messageNotes = new Slot<{ id: string; Note: ComponentType<{ message: Message }> }>()

/** A line in the menu of a conversation in the list. */
export const conversationActions = new Slot<{ id: string; Item: ComponentType<{ conversation: Conversation }> }>()

/** Beside the title of a conversation in the list: what is known of it. */
export const rowMarks = new Slot<{ id: string; Mark: ComponentType<{ conversation: Conversation }> }>()

/** A choice above the conversations that shows something else in their place. */
export const listViews = new Slot<{ id: string; label: MessageDescriptor; View: ComponentType }>()

/** A part of the details of a conversation, from the top. */
export const detailsParts = new Slot<{
  id: string
  isFor?: (conversation: Conversation) => boolean
  Part: ComponentType<{ conversation: Conversation }>
}>()
