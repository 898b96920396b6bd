import type { Feature } from '@/log'
import { newConversationDialogs } from '.'

/** Where conversations are begun. */
export const feature: Feature = { parts: newConversationDialogs }
