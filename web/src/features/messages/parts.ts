import { loadAddMembers } from './details/AddMembers'
import { newConversationDialogs } from './new-conversation'
import { loadReaders } from './timeline/message/Readers'

/** What opens over the messages, to be fetched beside the first screen. */
export const messageParts = [...newConversationDialogs, loadAddMembers, loadReaders]
