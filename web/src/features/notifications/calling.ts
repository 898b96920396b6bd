import { t } from '@lingui/core/macro'
import type { Conversation, Id, Message } from '@/core/api'
import { preferenceOf, sessionStore } from '@/core/session'
import { messageLine } from '@/features/messages'
import { currentLog, heldConversation, heldMessage, heldPresence, logStore, watchPresence } from '@/log'
import { chime } from './chime'
import { type Call, gathered, type Reason, reasonOf, type Said } from './judging'
import { permissionStore } from './permission'
import { inOneTab, isLookedAt } from './tabs'

/** As long a message waits before it calls: whoever sees it meanwhile, here or on another device, need not be called. */
const gatherMs = 2_500
/** As long, while I am at another device: that one calls first. */
const elsewhereMs = 30_000
/** More conversations than these are counted in one call. */
const shownAtMost = 3

const waiting: Said[] = []
let timer: ReturnType<typeof setTimeout> | undefined
/** Conversations that call from here, and the message each shows. */
const shown = new Map<Id, Id>()
const stops: (() => void)[] = []

/** These were said while nobody looked. */
export function callSoon(said: readonly Said[], me: Id): void {
  if (stops.length === 0) stops.push(watchPresence([me]), logStore.subscribe(endRead))
  waiting.push(...said)
  const isElsewhere = document.visibilityState === 'hidden' && heldPresence(me) === 'online'
  timer ??= setTimeout(() => void call(me), isElsewhere ? elsewhereMs : gatherMs)
}

/** Nobody is signed in: what was said to them is shown to nobody else. */
export function stopCalling(): void {
  clearTimeout(timer)
  timer = undefined
  for (const stop of stops.splice(0)) stop()
  for (const conversation of shown.keys()) void end(conversation)
  waiting.length = 0
}

async function call(me: Id): Promise<void> {
  timer = undefined
  const said = waiting.splice(0)
  const session = sessionStore.getState()
  const isQuiet = preferenceOf(session, 'quiet_until') > Date.now()
  if (isQuiet || (await isLookedAt())) return
  const calls = gathered(said.flatMap(one => callingOf(one, me, preferenceOf(session, 'notify'))))
  const [first] = calls
  if (!first) return
  inOneTab(`call.${first.said.id}`, async () => {
    if (preferenceOf(session, 'notify_sound')) void chime().catch(() => undefined)
    if (permissionStore.getState().permission !== 'granted') return
    for (const each of calls.slice(0, shownAtMost)) await show(each, me)
    if (calls.length > shownAtMost) await showFurther(calls.slice(shownAtMost))
  })
}

/** What was read or recalled meanwhile calls no more. */
function callingOf(said: Said, me: Id, notify: Parameters<typeof reasonOf>[3]) {
  const conversation = heldConversation(said.data.conversation)
  const message = heldMessage(currentLog()?.rooms[said.data.conversation], said.id)
  if (!conversation || message?.recalled || isRead(conversation, message)) return []
  const reason = reasonOf(said, conversation, me, notify)
  return reason ? [{ reason, said }] : []
}

function isRead({ read_seq, last_seq }: Conversation, message: Message | undefined): boolean {
  return (message?.seq ?? last_seq) <= read_seq
}

async function show({ conversation: id, reason, said, count }: Call, me: Id): Promise<void> {
  const conversation = heldConversation(id)
  const message = heldMessage(currentLog()?.rooms[id], said.id)
  if (!conversation || !message) return
  const line = messageLine(message, conversation, { me, nameOf })
  shown.set(id, said.id)
  await tell(titleOf(conversation, reason, said, count), {
    body: line,
    tag: id,
    // A group that calls already is brought up to date without another call.
    renotify: reason !== 'group',
    data: { path: `/messages/${id}` },
  })
}

function titleOf(conversation: Conversation, reason: Reason, { actor }: Said, count: number): string {
  const name = nameOf(actor ?? '')
  const { kind, peer, title } = conversation
  const words = kind === 'direct' ? nameOf(peer ?? '') : title
  if (kind === 'group' && reason === 'mention') return t`${name} mentioned you in ${words}`
  if (kind === 'group' && reason === 'everyone') return t`${name} called everyone in ${words}`
  return count > 1 ? t`${words} (${count})` : words
}

async function showFurther(calls: readonly Call[]): Promise<void> {
  const messages = calls.reduce((sum, { count }) => sum + count, 0)
  await tell(t`${messages} more new messages`, {
    body: t`In ${calls.length} other conversations`,
    tag: 'further',
    data: { path: '/messages' },
  })
}

interface Telling extends NotificationOptions {
  renotify?: boolean
}

async function tell(title: string, options: Telling): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration()
  // The sound is ours, by choice.
  await registration?.showNotification(title, { silent: true, icon: '/icon-192.png', ...options })
}

/** What was read, on whatever device, is called no more. */
function endRead(): void {
  for (const [id, message] of shown) {
    const conversation = heldConversation(id)
    const held = heldMessage(currentLog()?.rooms[id], message)
    if (!conversation || held?.recalled || isRead(conversation, held)) void end(id)
  }
}

async function end(conversation: Id): Promise<void> {
  shown.delete(conversation)
  const registration = await navigator.serviceWorker.getRegistration()
  for (const each of (await registration?.getNotifications({ tag: conversation })) ?? []) each.close()
}

function nameOf(person: Id): string {
  return currentLog()?.people[person]?.name ?? ''
}
