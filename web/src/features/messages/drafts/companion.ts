import { compareIds, type EventFrame, type Id, type Draft as ServerDraft } from '@/core/api'
import { type Companion, currentLog, isType, type LogState } from '@/log'
import {
  draftsStore,
  forgetQuotedInDrafts,
  leaveDrafts,
  markDraft,
  onWritten,
  rescueWords,
  startDrafts,
  stopDrafts,
} from './drafts-store'
import { contains, quotesStore } from './kept-draft'
import { keepAll, keepSoon, settle, settleAfter, stopKeeping } from './saving'

let stopListening = () => {}

/** Drafts are taken up when somebody comes, kept on the server while it answers, and stored before the page goes. */
export const drafts: Companion = {
  async start(me, cache) {
    await startDrafts(cache, me.person.id)
    stopListening()
    stopListening = onWritten(keepSoon)
  },
  stop() {
    stopListening()
    stopKeeping()
    stopDrafts()
    quotesStore.setState({}, true)
  },
  saveNow: leaveDrafts,
  conversations: () => Object.keys(draftsStore.getState()),
  onEvents(events, before) {
    settleAfter(events)
    rescueLost(events, before)
    for (const event of events) {
      if (isType(event, 'messaging.message_recalled')) forgetQuotedInDrafts(event.data.conversation, event.data.message)
    }
  },
  onFetched() {
    for (const conversation of Object.keys(draftsStore.getState())) settle(conversation)
  },
  onLive: keepAll,
  onRestored() {
    for (const conversation of Object.keys(draftsStore.getState()))
      markDraft(conversation, { kept: false, keptAt: null })
  },
}

/**
 * Two devices that did not know of each other's words: the later of the two drafts counts. The words of the other, which were shown here,
 * stay here as what I began to write; so do those of a conversation that I am in no more.
 */
function rescueLost(events: readonly EventFrame[], before: LogState | null): void {
  const shown = new Map<Id, ServerDraft | null>()
  for (const [index, event] of events.entries()) {
    if (!isType(event, 'messaging.draft_set')) continue
    const { conversation, content, reply_to, follows } = event.data
    const was = shown.has(conversation) ? shown.get(conversation) : draftIn(before, conversation)
    if (was && compareIds(was.id, event.id) > 0) continue
    shown.set(conversation, content && { content, reply_to, id: event.id })
    if (!was || follows === undefined || follows === was.id) continue
    const said = [content, sentWith(event, events[index - 1])]
    if (!said.some(words => words && contains(words, was.content))) rescueWords(conversation, was.content, was.id)
  }
  for (const event of events) {
    if (!isType(event, 'messaging.member_removed') || currentLog()?.rooms[event.data.conversation]) continue
    const was = draftIn(before, event.data.conversation)
    if (was) rescueWords(event.data.conversation, was.content, was.id)
  }
}

function draftIn(log: LogState | null, conversation: Id): ServerDraft | null {
  return log?.rooms[conversation]?.header.conversation.draft ?? null
}

/** The message that a draft ended with. */
function sentWith(event: EventFrame, before: EventFrame | undefined) {
  const isIt = before && isType(before, 'messaging.message_sent') && before.actor === event.actor
  return isIt ? before.data.content : null
}
