/**
 * What the messages screens read and do. Hooks are fine-grained: a component is drawn again only when what it asked for
 * changed. Everything here follows the site's log (live/follow.ts) and works without network on what is held.
 *
 * Opening: `useTimeline(conversation)` fetches what it needs; `loadOlder`, `loadNewer`, `loadAround` fetch more.
 * Sending: `send` shows the message at once (`useOutgoing`) and sees it through; its event takes its place. Give rows the key
 * `sentKey(message.id) ?? message.id` and outgoing ones `outgoing.key`, and the row stays the same.
 */
export * from './commands.ts'
export {
  clearDraft,
  type Draft,
  draftOf,
  dropEdit,
  editOf,
  saveDraftsNow,
  setDraft,
  setEdit,
  writtenIn,
} from './drafts/drafts-store.ts'
export {
  useConnectionStatus,
  useConversation,
  useConversations,
  useConversationWanted,
  useIsConversationComing,
  useLeftBehind,
  useListed,
  useLogReady,
  useMembers,
  useOrgPosition,
  useServerVersion,
  useUnreadMentions,
  useUnreadTotal,
} from './hooks/conversations.ts'
export { useDraft, useDrafts } from './hooks/drafts.ts'
export { useFollowing } from './hooks/following.ts'
export { useNameOf, useOnline, usePeople, usePeopleWanted, usePerson, usePresence } from './hooks/people.ts'
export type { TimelineView } from './hooks/shown.ts'
export { useHeldMessage, useOutgoing, useTimeline, useTyping, useUnkept } from './hooks/timeline.ts'
export { leaveDetour, loadAround, loadNewer, loadNewest, loadOlder } from './live/load.ts'
export { tellTyping } from './live/typing.ts'
export { hasUnreadMention, unreadOf } from './log/counted.ts'
export { discard, retry, retryWithoutQuote, send, sentKey } from './outbox/outbox.ts'
export { outgoingOf } from './outbox/outbox-store.ts'
export type { Outgoing } from './outbox/outgoing.ts'
export { markAllRead, markRead } from './read/read-marks.ts'
export { type RecalledWords, useRecalledWords } from './recalled/recalled-words.ts'
export { countUnsent, type Unsent } from './unsent.ts'
export { mayChange, mayTakeBack } from './windows.ts'
