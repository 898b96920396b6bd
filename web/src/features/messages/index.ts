import { drafts } from './drafts/companion'
import { readMarks } from './read/read-marks'
import { recalledWords } from './recalled/recalled-words'

/** Messages: the screen, and what others show of conversations and people in them. */
export { useCopy } from './clipboard/useCopy'
export { NewDirectDialog, NewGroupDialog } from './new-conversation'
export { messageParts } from './parts'
export { conversationRoute, messagesRoute } from './routes'
export { countUnsent, type Unsent } from './unsent'
export { UnkeptBar } from './wording/UnkeptBar'

/** Drafts first: a composer that is drawn looks for its draft once. */
export const companionsOfMessages = [drafts, recalledWords, readMarks]
