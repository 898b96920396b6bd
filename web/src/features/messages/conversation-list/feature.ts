import type { Feature } from '@/log'
import { preferenceFlags } from '../changes/group'
import { conversationActions, rowMarks } from '../slots'
import { LeftTag } from './LeftTag'
import { HideItem, MuteItem, PinItem, ReadItem } from './RowItems'

/** What I may do with a conversation of my list, and what its row says beside its title. */
export const feature: Feature = {
  slots: [
    conversationActions.entry({ id: 'pin', Item: PinItem }),
    conversationActions.entry({ id: 'mute', Item: MuteItem }),
    conversationActions.entry({ id: 'read', Item: ReadItem }),
    conversationActions.entry({ id: 'hide', Item: HideItem }),
    rowMarks.entry({ id: 'left', Mark: LeftTag }),
  ],
  companions: [preferenceFlags],
}
