import { idTime, type Message, serverNow } from '@/core/api'
import { currentLog } from '@/log'

/** Whether it is not too late to change a message, by the clock of the server. Before its rules are known, it decides itself. */
export function mayChange({ id }: Message): boolean {
  return isWithin(id, 'messaging.edit_window_s')
}

/** The same for recalling a message of mine. */
export function mayTakeBack({ id }: Message): boolean {
  return isWithin(id, 'messaging.recall_window_s')
}

function isWithin(id: string, policy: string): boolean {
  const seconds = currentLog()?.me.policies[policy]
  return typeof seconds !== 'number' || serverNow() - idTime(id) <= seconds * 1000
}
