import type { Me } from '@/core/api'
import { type EventFrame, forgetPosition, notePosition, Problem } from '@/core/api'
import { type Cache, hasCache, openCache } from '@/core/cache'
import { reportFault } from '@/core/problems/faults'
import { checkSession, currentPerson, endSessionElsewhere, loseSession, refreshMe } from '@/core/session'
import { resetSites, showMerging, showSites } from '@/core/sites'
import { backoffMs, Connection, type LogFrame, noRun, runIn, type Surroundings } from '@/core/socket'
import { companions } from '../companion.ts'
import {
  forgetAnswers,
  forgetQuotedInOutbox,
  resumeOutbox,
  settle,
  settleHeld,
  startOutbox,
  stopOutbox,
} from '../outbox/outbox.ts'
import { allOutgoing } from '../outbox/outbox-store.ts'
import { applyEvents, applyPosition } from '../reducer/apply-event.ts'
import { applySites } from '../reducer/apply-org.ts'
import { applySync } from '../reducer/apply-sync.ts'
import { cameLate } from '../reducer/late.ts'
import { isType } from '../reducer/rule-of.ts'
import type { State } from '../reducer/state.ts'
import { loadLog } from '../saved/saved-log.ts'
import { Saver } from '../saved/saver.ts'
import { resetUnkept, unkeptStore } from '../saved/unkept.ts'
import { followActivity } from './activity.ts'
import { connectionStore, resetConnection } from './connection-store.ts'
import { ensureConversations, forgetAsked } from './ensure.ts'
import { fetchSync } from './fetch-pages.ts'
import { jitterMs } from './jitter.ts'
import { forgetProblems } from './load.ts'
import { currentLog, logStore, setLog, updateLog } from './log-store.ts'
import { resetPresence, showPresence, tellWatched } from './presence-store.ts'
import { audienceOf, refreshNow, refreshSoon, stopRefreshing } from './refresh.ts'
import { hideTyping, resetTyping, showTyping } from './typing-store.ts'

/**
 * Follow the site's log on behalf of a person: show what was known last time, catch up, stay up to date. Everything that the
 * messages screens show comes from here. Returns the way to stop, after which nothing of the person is left in memory.
 */
export function followLog(me: Me, surroundings?: Surroundings): () => void {
  const following = new Following(me, surroundings)
  void following.start()
  return () => following.stop()
}

class Following {
  private readonly me: Me
  private readonly connection: Connection
  private saver: Saver | null = null
  private cache: Cache | null = null
  /** Asked for while the storage of a new browser, in which nothing is, is opened. */
  private first: ReturnType<typeof fetchSync> | null = null
  private isStopped = false
  private readonly stops: (() => void)[] = []

  constructor(me: Me, surroundings?: Surroundings) {
    this.me = me
    this.connection = new Connection(
      {
        position: () => ({ run: currentLog()?.run ?? noRun, pos: currentLog()?.pos ?? 0 }),
        onFrames: takeFrames,
        onFault: cause => this.onFault(cause),
        onResync: reason => {
          if (reason === 'unknown_position') forgetPosition()
          return this.fetchAll(reason !== 'unknown_position')
        },
        onTyping: (conversation, person) => person !== me.person.id && showTyping(conversation, person),
        onPresence: showPresence,
        onSites: sites => {
          showSites(sites)
          updateLog(state => applySites(state, sites.sites.length > 0))
        },
        onStatus: status => {
          connectionStore.setState({ status })
          if (status.phase === 'live') resumeAll()
        },
        onSessionEnded: () => loseSession(),
        onRefused: () => void checkSession(),
      },
      surroundings,
    )
  }

  async start(): Promise<void> {
    const isNew = !(await hasCache(this.me.person.id))
    if (isNew) this.first = fetchSync()
    this.first?.catch(() => undefined) // it is asked again
    this.cache = await openCache(this.me.person.id)
    if (this.isStopped) return this.cache?.close()
    // First, since what is drawn looks once for what was kept: a composer for its draft.
    for (const companion of companions()) await companion.start?.(this.me, this.cache)
    const kept = this.cache && (await loadLog(this.cache, this.me.person.id).catch(() => null))
    if (this.isStopped) return
    if (this.cache) this.saver = new Saver(this.cache, currentLog, kept)
    if (kept) setLog({ ...kept, me: this.me })
    this.stops.push(logStore.subscribe(({ log }, before) => guarded(() => this.onLog(log, before.log))))
    await startOutbox(this.me.person.id, this.cache)
    await this.untilKnown()
    if (!this.isStopped) this.connect()
  }

  stop(): void {
    this.isStopped = true
    for (const stop of this.stops) stop()
    this.connection.close()
    this.saver?.stop()
    for (const companion of companions()) companion.stop?.()
    for (const stop of [resetUnkept, stopOutbox, stopRefreshing, resetTyping, resetPresence, resetSites, forgetAsked])
      stop()
    resetConnection()
    setLog(null)
    this.cache?.close()
  }

  /** The very first time there is nothing to show: fetch until it succeeds. */
  private async untilKnown(): Promise<void> {
    for (let attempt = 0; !currentLog() && !this.isStopped; attempt++) {
      try {
        await this.fetchAll()
      } catch (cause) {
        if (!(cause instanceof Problem)) reportFault('What the server said could not be taken in', cause)
        sayUnreachable()
        await new Promise(resolve => setTimeout(resolve, backoffMs(attempt)))
      }
    }
  }

  /** The state as it is now. Where the log is not the same one, it was restored: nothing of it that is held holds. */
  private async fetchAll(isSameLog = true): Promise<void> {
    const { first } = this
    this.first = null
    const [answer, ...further] = await (first ?? fetchSync())
    if (this.isStopped) return
    await this.saver?.startOver()
    if (!isSameLog) await forgetLog()
    if (this.isStopped) return
    setLog(applySync(currentLog(), answer, isSameLog, further))
    for (const companion of companions()) guarded(() => companion.onFetched?.())
    ensureBegun()
  }

  /** What came could not be taken in: what is stored must not be where a next visit goes on from. */
  private onFault(cause: unknown): void {
    reportFault('What happened could not be taken in, so everything is fetched afresh', cause)
    void this.saver?.startOver()
  }

  /** The session was ended from elsewhere: of the log nothing stays. What only this browser has waits for the same person. */
  private leave(): void {
    saveCompanions()
    this.saver?.stop()
    const dropped = this.cache?.dropCopies().catch(() => undefined) ?? Promise.resolve()
    void dropped.then(endSessionElsewhere)
  }

  private connect(): void {
    ensureBegun()
    connectionStore.setState({ announce: this.connection.announce })
    this.connection.open()
    tellWatched()
    const save = () => {
      saveCompanions()
      void this.saver?.save()
    }
    // The last that a page hears on a phone: what comes after it may never come.
    const saveHidden = () => document.visibilityState === 'hidden' && save()
    const warn = (event: BeforeUnloadEvent) => unkeptStore.getState().names.size > 0 && event.preventDefault()
    window.addEventListener('pagehide', save)
    document.addEventListener('visibilitychange', saveHidden)
    window.addEventListener('beforeunload', warn)
    this.stops.push(
      () => window.removeEventListener('pagehide', save),
      () => document.removeEventListener('visibilitychange', saveHidden),
      () => window.removeEventListener('beforeunload', warn),
      followActivity(active => this.connection.announce.setActive(active)),
    )
    refreshSoon()
  }

  private onLog(log: State | null, before: State | null): void {
    if (!log || this.isStopped) return
    if (log.me !== before?.me) refreshMe(log.me)
    if (log.wanted !== before?.wanted) refreshSoon(wereTold ? jitterMs(audienceOf(log, before)) : undefined)
    if (log.rooms !== before?.rooms) settleHeld()
    this.saver?.saveSoon()
    if (log.ended) this.leave()
  }
}

/** What is wanted now was made old by events of others, which many were told. */
let wereTold = false

/** Take in what the socket brought: events in one step, so that the screen changes once. */
function takeFrames(frames: LogFrame[]): void {
  const events = frames.filter(frame => frame.t === 'event')
  const last = frames.at(-1)
  const before = currentLog()
  wereTold = events.every(({ actor }) => actor !== currentPerson())
  try {
    updateLog(state => {
      const next = applyEvents(state, events)
      return last ? applyPosition(next, last.pos, runIn(frames)) : next
    })
  } finally {
    wereTold = false
  }
  notePosition(last?.pos)
  guarded(() => settle(events))
  guarded(() => showWhatCame(events))
  for (const companion of companions()) guarded(() => companion.onEvents?.(events, before))
  const ready = frames.findLast(frame => frame.t === 'ready')
  if (ready) connectionStore.setState({ version: ready.version })
}

/** What events mean beside the log. */
function showWhatCame(events: readonly EventFrame[]): void {
  for (const event of events) {
    if (event.site && cameLate(event.id, event.arrived)) showMerging(event.site)
    if (isType(event, 'messaging.message_recalled')) forgetQuotedInOutbox(event.data.conversation, event.data.message)
    if (isType(event, 'messaging.message_sent') && event.actor) hideTyping(event.data.conversation, event.actor)
  }
}

function saveCompanions(): void {
  for (const companion of companions()) guarded(() => companion.saveNow?.())
}

/** The log is in by then: a fault in what follows from it must not look like one of the log, nor keep others from hearing. */
function guarded(work: () => void): void {
  try {
    work()
  } catch (cause) {
    reportFault('What follows from the log failed', cause)
  }
}

/** The first fetch failed: from now on the connection counts as gone. */
function sayUnreachable(): void {
  if (connectionStore.getState().status.phase !== 'idle') return
  const phase = navigator.onLine === false ? 'offline' : 'connecting'
  connectionStore.setState({ status: { phase, since: Date.now() } })
}

/** Where nobody said anything yet is not among the conversations that are fetched, but I may have begun to write there. */
function ensureBegun(): void {
  const waiting = allOutgoing().map(({ conversation }) => conversation)
  ensureConversations([...companions().flatMap(companion => companion.conversations?.() ?? []), ...waiting])
}

/** What was remembered of the log that was: how far I read, what was sent, whom and what the server did not have. */
async function forgetLog(): Promise<void> {
  for (const companion of companions()) companion.onRestored?.()
  forgetAsked()
  forgetProblems()
  await forgetAnswers()
}

function resumeAll(): void {
  refreshNow()
  resumeOutbox()
  for (const companion of companions()) companion.onLive?.()
}
