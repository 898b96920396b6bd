import type { Feature } from '@/log'
import { paneBanners } from '../slots'
import { groupFlags } from './group'
import { editFlags, recallFlags } from './pending'
import { WaitingChanges } from './WaitingChanges'

/** What I changed and the server does not know yet. */
export const feature: Feature = {
  slots: [paneBanners.entry({ id: 'changes', Banner: WaitingChanges })],
  companions: [editFlags, recallFlags, groupFlags],
}
