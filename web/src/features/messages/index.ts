import { changesSlots } from './changes'
import { groupFlags, preferenceFlags } from './changes/group'
import { editFlags, recallFlags } from './changes/pending'
import { composerSlots } from './composer/tools'
import { listSlots } from './conversation-list'
import { conversationsSlots } from './conversations'
import { addMembers } from './details/AddMembers'
import { detailsSlots, sections } from './details/parts'
import { drafts } from './drafts/companion'
import { messagesSlots } from './messages'
import { newConversationDialogs } from './new-conversation'
import { pinsSlots } from './pins'
import { pinList } from './pins/PinBar'
import { pinFlags } from './pins/pins'
import { reactionsSlots } from './reactions'
import { reactionFlags } from './reactions/pending'
import { readMarks } from './read/read-marks'
import { recalledWords } from './recalled/recalled-words'
import { starsSlots } from './stars'
import { starFlags } from './stars/stars'
import { readers } from './timeline/message/Readers'

/** Messages: the screen, and what others show of conversations and people in them. */
export { contentLine } from './blocks/text'
export { useCopy } from './clipboard/useCopy'
export { messageLine } from './conversation-list/preview'
export { NewDirectDialog, NewGroupDialog } from './new-conversation'
export { useAttendedActions } from './pane/attended'
export { conversationRoute, messagesRoute } from './routes'
export { countUnsent, type Unsent } from './unsent'
export { UnkeptBar } from './wording/UnkeptBar'

/** What opens over the messages, to be fetched beside the first screen. */
export const messageParts = [
  ...newConversationDialogs,
  ...[addMembers, ...sections, readers, pinList].map(({ load }) => load),
]

/** Drafts first: a composer that is drawn looks for its draft once. */
export const companionsOfMessages = [
  drafts,
  recalledWords,
  readMarks,
  pinFlags,
  starFlags,
  reactionFlags,
  editFlags,
  recallFlags,
  groupFlags,
  preferenceFlags,
]

/** What the features of messaging put into the interface, in order. */
export const slotsOfMessages = [
  ...conversationsSlots,
  ...listSlots,
  ...reactionsSlots,
  ...messagesSlots,
  ...changesSlots,
  ...pinsSlots,
  ...starsSlots,
  ...composerSlots,
  ...detailsSlots,
]

export {
  type ComposerToolProps,
  composerTools,
  conversationActions,
  detailsParts,
  type MessageAction,
  messageActions,
  paneBanners,
} from './slots'
