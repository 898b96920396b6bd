import { type Companion, isType } from '@/log'
import { draftsStore, forgetQuotedInDrafts, leaveDrafts, startDrafts, stopDrafts } from './drafts-store'

/** Drafts are taken up when somebody comes, and stored before the page goes. */
export const drafts: Companion = {
  start: (me, cache) => startDrafts(cache, me.person.id),
  stop: stopDrafts,
  saveNow: leaveDrafts,
  conversations: () => Object.keys(draftsStore.getState()),
  onEvents(events) {
    for (const event of events) {
      if (isType(event, 'messaging.message_recalled')) forgetQuotedInDrafts(event.data.conversation, event.data.message)
    }
  },
}
