/**
 * The log in the browser: what is known of the site, followed live. Hooks are fine-grained: a component is drawn again only when
 * what it asked for changed. Everything here works without network on what is held.
 *
 * Opening: `useTimeline(conversation)` fetches what it needs; `loadOlder`, `loadNewer`, `loadAround` fetch more.
 * Sending: `send` shows the message at once (`useOutgoing`) and sees it through; its event takes its place. Give rows the key
 * `sentKey(message.id) ?? message.id` and outgoing ones `outgoing.key`, and the row stays the same.
 */
export { type Companion, installCompanions } from './companion.ts'
export type { Feature } from './feature.ts'
export {
  heldConversation,
  useConnectionStatus,
  useConversation,
  useConversationParts,
  useConversations,
  useConversationWanted,
  useIsConversationComing,
  useLogReady,
  useMembers,
  useRoster,
  useServerVersion,
  useSilentConversations,
  useUnreadTotal,
} from './hooks/conversations.ts'
export { useFollowing } from './hooks/following.ts'
export { namesakesOf, useNamesakes } from './hooks/namesakes.ts'
export {
  useNameOf,
  useOnline,
  usePeople,
  usePeopleComing,
  usePeopleWanted,
  usePerson,
  usePresence,
} from './hooks/people.ts'
export type { TimelineView } from './hooks/shown.ts'
export {
  heldMessage,
  useHeldMessage,
  useLastChange,
  useOutgoing,
  useTimeline,
  useTyping,
  useUnkept,
} from './hooks/timeline.ts'
export { installSlices } from './installed.ts'
export { isLive } from './live/connection-store.ts'
export { fetchConversation } from './live/fetch-pages.ts'
export { findFrom, leaveDetour, loadAround, loadNewer, loadNewest, loadOlder } from './live/load.ts'
export { currentLog, logStore, updateLog } from './live/log-store.ts'
export { heldPresence, watchPresence } from './live/presence-store.ts'
export { tellTyping } from './live/typing.ts'
export { flagsNamed } from './message-flags.ts'
export { Flags } from './outbox/flags.ts'
export { flagName, flagsStore, type PendingFlag, useAllFlags, useFlags, useFlagsOf } from './outbox/flags-store.ts'
export {
  allUnsent,
  discard,
  pauseUpload,
  resumeUpload,
  retry,
  retryWithoutQuote,
  send,
  sentKey,
} from './outbox/outbox.ts'
export { outboxStore, outgoingOf } from './outbox/outbox-store.ts'
export type { Outgoing } from './outbox/outgoing.ts'
export { anew, hasFilesToUpload, type OutgoingFile } from './outbox/outgoing-file.ts'
export { uploadsStore } from './outbox/uploads-store.ts'
export { KeptAnswers } from './queries/kept-answers.ts'
export { LiveQueries, refetchLive } from './queries/live-queries.ts'
export { type Ask, liveQuery, useLive } from './queries/useLive.ts'
export { applyConversation } from './reducer/apply-conversation.ts'
export { hasUnreadMention, unreadOf } from './reducer/counted.ts'
export type { Members, Roster } from './reducer/members.ts'
export { Revision } from './reducer/revision.ts'
export { isType } from './reducer/rule-of.ts'
export type { Room, State as LogState } from './reducer/state.ts'
export { messageIn } from './reducer/timeline.ts'
export { isUnkept, noteKept, noteUnkept, unkeptStore } from './saved/unkept.ts'
