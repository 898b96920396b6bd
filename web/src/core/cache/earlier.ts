import type { Dexie } from 'dexie'
import { drop } from './wipe.ts'

/** The tables of what only this browser has. */
const irreplaceable = ['drafts', 'outbox'] as const

/**
 * Move drafts and unsent messages here from the database of an earlier release, and drop it. It is dropped only when they are
 * here: where that fails the next visit tries again. What is here already is the newer.
 */
export async function takeOver(earlier: Dexie, cache: Dexie): Promise<void> {
  try {
    await earlier.open() // without tables of ours it has those that are there, and where it is not, it is not made
  } catch (cause) {
    if (isMissing(cause)) return
    throw cause
  }
  const names = irreplaceable.filter(name => earlier.tables.some(table => table.name === name))
  const found = await Promise.all(names.map(name => earlier.table(name).toArray()))
  await cache.transaction('rw', [...irreplaceable], async () => {
    for (const [index, name] of names.entries()) {
      const table = cache.table(name)
      await table.bulkPut([...(found[index] ?? []), ...(await table.toArray())])
    }
  })
  earlier.close()
  await drop(earlier.name)
}

function isMissing(cause: unknown): boolean {
  return cause instanceof Error && cause.name === 'NoSuchDatabaseError'
}
