import { conversationActions, rowMarks } from '../slots'
import { LeftTag } from './LeftTag'
import { HideItem, MuteItem, PinItem, ReadItem } from './RowItems'

/** What I may do with a conversation of my list, and what its row says beside its title. */
export const listSlots = [
  conversationActions.entry({ id: 'pin', Item: PinItem }),
  conversationActions.entry({ id: 'mute', Item: MuteItem }),
  conversationActions.entry({ id: 'read', Item: ReadItem }),
  conversationActions.entry({ id: 'hide', Item: HideItem }),
  rowMarks.entry({ id: 'left', Mark: LeftTag }),
]
