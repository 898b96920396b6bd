import { companionsOfMessages } from '@/features/messages'
import { KeptAnswers, LiveQueries } from '@/log'
import { queryClient } from './query-client'

/** What lives beside the log while somebody is signed in. */
export const companions = [new KeptAnswers(queryClient), ...companionsOfMessages, new LiveQueries(queryClient)]
