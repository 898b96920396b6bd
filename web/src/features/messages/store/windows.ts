import { idTime, type Message, serverNow } from '@/core/api'
import { currentLog } from './live/log-store.ts'

/** Whether it is not too late to change a message, by the clock of the server. Before its rules are known, it decides itself. */
export function mayChange({ id }: Message): boolean {
  return isWithin(id, currentLog()?.windows.edit_s)
}

/** The same for recalling a message of mine. */
export function mayTakeBack({ id }: Message): boolean {
  return isWithin(id, currentLog()?.windows.recall_s)
}

function isWithin(id: string, seconds: number | undefined): boolean {
  return seconds === undefined || serverNow() - idTime(id) <= seconds * 1000
}
