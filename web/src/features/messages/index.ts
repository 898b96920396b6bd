/** Messages: the screen, and what others show of conversations and people in them. */
export { contentLine } from './blocks/text'
export { useCopy } from './clipboard/useCopy'
export { messageLine } from './conversation-list/preview'
export { NewDirectDialog, NewGroupDialog } from './new-conversation'
export { useAttendedActions } from './pane/attended'
export { conversationRoute, messagesRoute } from './routes'
export {
  type ComposerToolProps,
  composerTools,
  conversationActions,
  detailsParts,
  type MessageAction,
  messageActions,
  paneBanners,
} from './slots'
export { countUnsent, type Unsent } from './unsent'
export { UnkeptBar } from './wording/UnkeptBar'
