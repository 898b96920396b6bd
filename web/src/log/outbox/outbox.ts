import { type Content, type EventFrame, type Id, type Made, newKey, type Quote } from '@/core/api'
import type { Cache } from '@/core/cache'
import { connectionStore, isLive } from '../live/connection-store.ts'
import { currentLog } from '../live/log-store.ts'
import { messageIn } from '../reducer/timeline.ts'
import { allOutgoing, findOutgoing, outgoingOf, removeOutgoing, resetOutbox, setOutgoing } from './outbox-store.ts'
import type { Outgoing } from './outgoing.ts'
import { anew, hasFilesToUpload, type OutgoingFile } from './outgoing-file.ts'
import { Sender } from './sender.ts'
import { cacheStorage, memoryStorage, type OutboxStorage } from './storage.ts'
import type { Uploader } from './uploader.ts'
import { setUpload } from './uploads-store.ts'

interface Outbox {
  person: Id
  storage: OutboxStorage
  sender: Sender
  /** It is fetched for the first message with files. */
  uploader: Uploader | null
  channel: BroadcastChannel | null
}

let outbox: Outbox | null = null
/** Keys of messages I sent in this visit, by the message's id: a row keeps its key when the event takes its place. */
const keys = new Map<Id, string>()

/** The outbox of who is signed in. Without one nothing may look as if it was sent: throws. */
function current(): Outbox {
  if (!outbox) throw new Error('Nobody is signed in, so nothing can be sent')
  return outbox
}

/** Begin to send for a person; what was unsent when they left comes first. */
export async function startOutbox(person: Id, cache: Cache | null): Promise<void> {
  stopOutbox()
  const storage = cache ? cacheStorage(cache) : memoryStorage()
  const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(`bilin.outbox.${person}`)
  const tell = (key: string) => outbox === mine && channel?.postMessage(key)
  // While the connection is lost the server may have been restored: what is held may be of another log than the answer.
  const isKnown = ({ conversation }: Outgoing, { id, pos }: Made) =>
    isHeld(conversation, id) || (isLive() && (currentLog()?.pos ?? -1) >= pos)
  const sender = new Sender({ person, storage, tell, isKnown })
  const mine: Outbox = { person, storage, sender, uploader: null, channel }
  outbox = mine
  channel?.addEventListener('message', (event: MessageEvent<string>) => void takeOver(mine, event.data))
  await load(mine)
}

export function stopOutbox(): void {
  outbox?.sender.stop()
  outbox?.uploader?.stop()
  outbox?.channel?.close()
  outbox = null
  keys.clear()
  resetOutbox()
}

/** The connection is live: send what waits, and let go of what the log has reached. */
export function resumeOutbox(): void {
  settle([])
  outbox?.sender.kickAll()
  if (outbox) bringFiles(outbox)
}

/** The log was restored from a backup: what was acknowledged before is sent again when the connection is live. */
export async function forgetAnswers(): Promise<void> {
  await outbox?.sender.forgetAnswers()
}

/** Send a message. It is shown at once and survives a reload; resolves when it is kept, not when it is sent. */
export async function send(
  conversation: Id,
  content: Content,
  reply_to: Quote | null = null,
  draft: Id | null = null,
  files: readonly OutgoingFile[] = [],
): Promise<void> {
  const mine = current()
  const last = allOutgoing().at(-1)?.at ?? 0
  const at = Math.max(Date.now(), last + 1)
  const sends = { conversation, content, reply_to, draft, ...(files.length > 0 && { files }) }
  const outgoing: Outgoing = { key: newKey(), ...sends, at, failed: null, sent: null }
  connectionStore.getState().announce?.stopTyping(conversation)
  await mine.sender.add(outgoing)
  bringFiles(mine, outgoing)
}

/** Send one again that the server refused. */
export async function retry(key: string): Promise<void> {
  const outgoing = findOutgoing(key)
  if (!outgoing?.failed) return
  const isGone = outgoing.failed.code === 'files.upload_not_found'
  const files = isGone ? outgoing.files?.map(anew) : outgoing.files
  const again = { ...outgoing, ...(files && { files }), failed: null }
  await current().sender.add(again)
  bringFiles(current(), again)
}

/** Send one again whose quote is of a message that was recalled meanwhile, without the quote. It is another message now. */
export async function retryWithoutQuote(key: string): Promise<void> {
  const outgoing = findOutgoing(key)
  if (!outgoing?.failed) return
  const { sender } = current()
  await sender.add({ ...outgoing, key: newKey(), reply_to: null, failed: null })
  await sender.drop(outgoing)
}

/** A message was recalled: what waits to be sent shows its words no more. */
export function forgetQuotedInOutbox(conversation: Id, message: Id): void {
  for (const outgoing of outgoingOf(conversation)) {
    const { reply_to } = outgoing
    if (reply_to?.id !== message || reply_to.recalled) continue
    void current().sender.change({ ...outgoing, reply_to: { ...reply_to, text: '', recalled: true } })
  }
}

/** Messages of this browser that the server does not have, those of other tabs included. */
export async function allUnsent(): Promise<Outgoing[]> {
  const kept = (await outbox?.storage.all().catch(() => [])) ?? []
  const all = new Map([...kept, ...allOutgoing()].map(outgoing => [outgoing.key, outgoing]))
  return [...all.values()].filter(outgoing => !outgoing.sent)
}

/** Give one up that the server refused. */
export async function discard(key: string): Promise<void> {
  const outgoing = findOutgoing(key)
  if (!outgoing) return
  current().uploader?.forget(key)
  await current().sender.drop(outgoing)
}

/** Has the files of one message, or of all that wait, brought to the server. */
function bringFiles(mine: Outbox, ...these: Outgoing[]): void {
  const waiting = (these.length > 0 ? these : allOutgoing()).filter(
    outgoing => hasFilesToUpload(outgoing) && !outgoing.failed,
  )
  if (waiting.length === 0) return
  import('./uploader.ts').then(
    ({ Uploader }) => {
      if (outbox !== mine) return
      mine.uploader ??= new Uploader(mine.sender)
      if (these.length === 0) mine.uploader.startAll()
      else for (const outgoing of these) mine.uploader.start(outgoing)
    },
    // Without network it may not come: when the connection is back it is asked for again.
    () => {
      for (const { key } of waiting) setUpload(key, { state: 'waits' })
    },
  )
}

/** The files of a message stop on their way, until they are let go on. */
export function pauseUpload(key: string): void {
  current().uploader?.pause(key)
}

export function resumeUpload(key: string): void {
  current().uploader?.resume(key)
}

/** After events are in: the messages they are take the place of those in the outbox. */
export function settle(events: readonly EventFrame[]): void {
  if (!outbox) return
  const { sender, person } = outbox
  for (const event of events) {
    if (event.type !== 'messaging.message_sent' || event.actor !== person || event.key === null) continue
    keys.set(event.id, event.key)
    const outgoing = findOutgoing(event.key)
    if (outgoing) void sender.drop(outgoing)
  }
  const pos = currentLog()?.pos ?? -1
  for (const outgoing of allOutgoing()) {
    if (!outgoing.sent || outgoing.sent.pos > pos) continue
    keys.set(outgoing.sent.id, outgoing.key)
    void sender.drop(outgoing)
  }
}

/** After messages are in, whether events brought them or not: none is shown twice, as it is and as one on its way. */
export function settleHeld(): void {
  for (const outgoing of allOutgoing()) {
    const id = outgoing.sent?.id ?? outgoing.was
    if (!id || !isHeld(outgoing.conversation, id)) continue
    keys.set(id, outgoing.key)
    void outbox?.sender.drop(outgoing)
  }
}

function isHeld(conversation: Id, message: Id): boolean {
  const room = currentLog()?.rooms[conversation]
  return room !== undefined && messageIn(room.live, message) !== undefined
}

/** The key under which a message of mine was shown while it was on its way; undefined for others. */
export function sentKey(message: Id): string | undefined {
  return keys.get(message)
}

async function load(mine: Outbox): Promise<void> {
  const kept = await mine.storage.all().catch(() => [])
  if (outbox !== mine) return
  for (const outgoing of kept) if (!findOutgoing(outgoing.key)) setOutgoing(outgoing)
  settle([])
  mine.sender.kickAll()
  bringFiles(mine)
}

/** Another tab changed a message: show it as it is stored now. */
async function takeOver(mine: Outbox, key: string): Promise<void> {
  const kept = (await mine.storage.all().catch(() => [])).find(outgoing => outgoing.key === key)
  if (outbox !== mine) return
  const held = findOutgoing(key)
  if (kept) setOutgoing(kept)
  else if (held) removeOutgoing(held)
  if (kept && !kept.failed && !kept.sent) mine.sender.kick(kept.conversation)
}
