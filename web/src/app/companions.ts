import { companionsOfMessages } from '@/features/messages'
import { caller } from '@/features/notifications'
import { KeptAnswers, LiveQueries } from '@/log'
import { queryClient } from './query-client'

/** What lives beside the log while somebody is signed in. */
export const companions = [new KeptAnswers(queryClient), ...companionsOfMessages, caller, new LiveQueries(queryClient)]
