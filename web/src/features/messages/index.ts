import { composerSlots } from './composer/tools'
import { conversationsSlots } from './conversations'
import { detailsSlots } from './details/parts'
import { drafts } from './drafts/companion'
import { messagesSlots } from './messages'
import { pinsSlots } from './pins'
import { pinFlags } from './pins/pins'
import { reactionsSlots } from './reactions'
import { readMarks } from './read/read-marks'
import { recalledWords } from './recalled/recalled-words'
import { starsSlots } from './stars'
import { starFlags } from './stars/stars'

/** Messages: the screen, and what others show of conversations and people in them. */
export { useCopy } from './clipboard/useCopy'
export { NewDirectDialog, NewGroupDialog } from './new-conversation'
export { useAttendedActions } from './pane/attended'
export { messageParts } from './parts'
export { conversationRoute, messagesRoute } from './routes'
export { countUnsent, type Unsent } from './unsent'
export { UnkeptBar } from './wording/UnkeptBar'

/** Drafts first: a composer that is drawn looks for its draft once. */
export const companionsOfMessages = [drafts, recalledWords, readMarks, pinFlags, starFlags]

/** What the features of messaging put into the interface, in order. */
export const slotsOfMessages = [
  ...conversationsSlots,
  ...reactionsSlots,
  ...messagesSlots,
  ...pinsSlots,
  ...starsSlots,
  ...composerSlots,
  ...detailsSlots,
]

export {
  type ComposerToolProps,
  composerTools,
  detailsParts,
  type MessageAction,
  messageActions,
  paneBanners,
} from './slots'
