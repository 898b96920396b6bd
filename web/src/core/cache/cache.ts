import type { Dexie, Table } from 'dexie'
import type { Id } from '../api/contract.ts'
import { takeOver } from './earlier.ts'
import { cacheName, earlierName } from './name.ts'

/** The tables and their keys. A change of them is a further `version` of the database, which keeps what it holds. */
const tables = {
  /** One record: where the rest stands. */
  log: 'name',
  rooms: 'id',
  people: 'id',
  /** Only this browser has what is in these: they are never dropped, and later releases read what earlier ones wrote. */
  drafts: 'conversation',
  outbox: 'key',
  /** What I marked, or took a mark off, and the server does not know yet. It came with the second version. */
  flags: 'name',
  /** What the server answered and is wanted without network, too. It came with the third version. */
  answers: 'name',
  /** Files that were chosen for a message and not sent yet. It came with the fourth version. */
  attached: 'conversation',
} as const

export type CacheTable = keyof typeof tables

/** What changed in one table. */
export interface TableChange {
  put?: readonly object[]
  remove?: readonly string[]
}

/** Where the stored state of the log stands. */
export interface LogRecord extends Place {
  name: 'log'
  /** Which shape it has, with rooms and people: another release may have stored it. Another shape is as nothing stored. */
  shape: string
}

/** A place in the log: positions of two runs cannot be compared, for the log may have been restored between. */
export interface Place {
  run: Id
  pos: number
}

export type SaveResult = 'stored' | 'behind' | 'gone'

/**
 * What this browser keeps of one person between visits, so that a reload or a start without network shows the last known
 * state at once. Everything in it can be lost at any time: it is a copy, drafts and unsent messages apart.
 */
export class Cache {
  private readonly db: Dexie

  constructor(db: Dexie) {
    this.db = db
  }

  async all<T>(table: CacheTable): Promise<T[]> {
    return (await this.table(table).toArray()) as T[]
  }

  async get<T>(table: CacheTable, key: string): Promise<T | undefined> {
    return (await this.table(table).get(key)) as T | undefined
  }

  async put(table: CacheTable, record: object): Promise<void> {
    await this.withinQuota(() => this.table(table).put(record))
  }

  async remove(table: CacheTable, key: string): Promise<void> {
    await this.table(table).delete(key)
  }

  /**
   * Store the state of the log at a position, all or nothing: the whole of it, or what changed `since` the last success.
   * `behind`: another tab stored a later one. `gone`: there is nothing that the changes could be added to; what another tab
   * stored may even be of a log that was restored since, or by another release. In both cases nothing is stored.
   */
  async saveLog(log: LogRecord, rooms: TableChange, people: TableChange, since: Place | null): Promise<SaveResult> {
    return await this.db.transaction('rw', ['log', 'rooms', 'people'], async () => {
      const stored = await this.storedLog(log.shape)
      if (stored?.run === log.run && stored.pos > log.pos) return 'behind'
      if (since && !isOnTheWay(stored, since, log)) return 'gone'
      if (!since) await this.clearLog()
      await this.table('log').put(log)
      await this.change('rooms', rooms)
      await this.change('people', people)
      return 'stored'
    })
  }

  /** Where what is stored stands; undefined for nothing, and for what is of another shape. */
  async storedLog<T extends LogRecord>(shape: string): Promise<T | undefined> {
    const stored = await this.get<T>('log', 'log')
    return stored?.shape === shape ? stored : undefined
  }

  /** Forget all that can be fetched again; drafts and unsent messages stay. */
  async dropCopies(): Promise<void> {
    await this.db.transaction('rw', ['log', 'rooms', 'people', 'answers'], async () => {
      await this.clearLog()
      await this.table('answers').clear()
    })
  }

  /** Forget the copy of the log alone. */
  async dropLog(): Promise<void> {
    await this.db.transaction('rw', ['log', 'rooms', 'people'], () => this.clearLog())
  }

  close(): void {
    this.db.close()
  }

  private async clearLog(): Promise<void> {
    await Promise.all(['log', 'rooms', 'people'].map(name => this.db.table(name).clear()))
  }

  private async change(table: CacheTable, { put = [], remove = [] }: TableChange): Promise<void> {
    if (put.length > 0) await this.table(table).bulkPut(put)
    if (remove.length > 0) await this.table(table).bulkDelete([...remove])
  }

  /** When the browser gives no more room, the copy of the log makes room for what cannot be fetched again. */
  private async withinQuota<T>(write: () => PromiseLike<T>): Promise<T> {
    try {
      return await write()
    } catch (cause) {
      if (!isOutOfRoom(cause)) throw cause
      await this.dropCopies()
      return await write()
    }
  }

  private table(name: CacheTable): Table<object, string> {
    return this.db.table(name)
  }
}

/** Whether a person was here before. Where the browser does not say, they may have been. */
export async function hasCache(person: Id): Promise<boolean> {
  try {
    return (await indexedDB.databases()).some(({ name }) => name === cacheName(person))
  } catch {
    return true
  }
}

/** The cache of a person; null where the browser forbids storage. Loads its library only now, after the first picture. */
export async function openCache(person: Id): Promise<Cache | null> {
  try {
    const { Dexie: Database } = await import('dexie')
    const db = new Database(cacheName(person))
    const { flags, answers, attached: _fourth, ...first } = tables
    db.version(1).stores(first)
    db.version(2).stores({ ...first, flags })
    db.version(3).stores({ ...first, flags, answers })
    db.version(4).stores(tables)
    db.on('versionchange', () => {
      db.close() // wiped by another tab: opening it again would bring back what was to be gone
      return false
    })
    await db.open()
    await takeOver(new Database(earlierName(person)), db).catch(cause => console.warn('An earlier outbox waits', cause))
    return new Cache(db)
  } catch (cause) {
    console.warn('Nothing is kept between visits: this browser gives no storage', cause)
    return null
  }
}

/** Whether what is stored lies between two places: where the one began, or on the run of the other and not before it. */
function isOnTheWay(stored: Place | undefined, since: Place, log: Place): boolean {
  if (!stored) return false
  if (stored.run === since.run && stored.pos === since.pos) return true
  return stored.run === log.run && stored.pos >= since.pos
}

function isOutOfRoom(cause: unknown): boolean {
  const names = cause instanceof Error ? [cause.name, (cause as { inner?: Error }).inner?.name] : []
  return names.includes('QuotaExceededError')
}
