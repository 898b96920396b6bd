/** Messages: the screen, and what others show of conversations and people in them. */
export { useCopy } from './clipboard/useCopy'
export { NewDirectDialog, NewGroupDialog } from './new-conversation'
export { messageParts } from './parts'
export { conversationRoute, messagesRoute } from './routes'
export * from './store'
export { UnkeptBar } from './wording/UnkeptBar'
