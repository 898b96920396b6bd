import { companionsOfMessages } from '@/features/messages'
import { LiveQueries } from '@/log'
import { queryClient } from './query-client'

/** What lives beside the log while somebody is signed in. */
export const companions = [...companionsOfMessages, new LiveQueries(queryClient)]
