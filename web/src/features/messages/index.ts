/** Messages: the screen, and what others show of conversations and people in them. */
export { NewDirectDialog, NewGroupDialog } from './new-conversation'
export { conversationRoute, messagesRoute } from './routes'
export * from './store'
