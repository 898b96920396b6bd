import { idTime, type Message, serverNow } from '@/core/api'
import { currentLog } from '@/log'
import { windows } from './slice.ts'

/** Whether it is not too late to change a message, by the clock of the server. Before its rules are known, it decides itself. */
export function mayChange({ id }: Message): boolean {
  return isWithin(id, 'edit_s')
}

/** The same for recalling a message of mine. */
export function mayTakeBack({ id }: Message): boolean {
  return isWithin(id, 'recall_s')
}

function isWithin(id: string, window: 'edit_s' | 'recall_s'): boolean {
  const log = currentLog()
  return log === null || serverNow() - idTime(id) <= windows.of(log)[window] * 1000
}
