import type { Feature } from '@/log'
import { AttachTool } from '../files/AttachTool'
import { composerTools } from '../slots'
import { EmojiTool, MentionTool } from './tools'

/** What helps to write. */
export const feature: Feature = {
  slots: [
    composerTools.entry({ id: 'attach', Tool: AttachTool }),
    composerTools.entry({ id: 'emoji', Tool: EmojiTool }),
    composerTools.entry({ id: 'mention', Tool: MentionTool }),
  ],
}
