import { paneBanners } from '../slots'
import { WaitingChanges } from './WaitingChanges'

/** What I changed and the server does not know yet. */
export const changesSlots = [paneBanners.entry({ id: 'changes', Banner: WaitingChanges })]
