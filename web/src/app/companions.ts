import { companionsOfMessages } from '@/features/messages'

/** What lives beside the log while somebody is signed in. */
export const companions = [...companionsOfMessages]
