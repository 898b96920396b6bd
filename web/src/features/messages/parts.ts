import { loadAddMembers } from './details/AddMembers'
import { loadSections } from './details/parts'
import { newConversationDialogs } from './new-conversation'
import { loadPinList } from './pins/PinBar'
import { loadReaders } from './timeline/message/Readers'

/** What opens over the messages, to be fetched beside the first screen. */
export const messageParts = [...newConversationDialogs, loadAddMembers, loadSections, loadReaders, loadPinList]
