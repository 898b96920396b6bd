import type { Id } from '../api/contract.ts'
import { forgetLeft, forgetLeftByOthers } from './left.ts'
import { cacheName, earlierName, ownerOf } from './name.ts'

/** Remove all that is stored of a person in this browser. */
export async function wipeCache(person: Id): Promise<void> {
  forgetLeft(person)
  await Promise.all([cacheName(person), earlierName(person)].map(drop))
}

/** Remove what other people left in this browser. */
export async function wipeCachesOfOthers(person: Id): Promise<void> {
  forgetLeftByOthers(person)
  const names = await listDatabases()
  await Promise.all(names.filter(name => ![null, person].includes(ownerOf(name))).map(drop))
}

async function listDatabases(): Promise<string[]> {
  try {
    const found = (await indexedDB?.databases?.()) ?? []
    return found.flatMap(({ name }) => (name ? [name] : []))
  } catch {
    return [] // a browser that forbids storage has stored nothing
  }
}

/** Delete a database. Other tabs that hold it open close it when told; it is gone when the last has. */
export function drop(name: string): Promise<void> {
  return new Promise(resolve => {
    try {
      const deletion = indexedDB.deleteDatabase(name)
      deletion.onsuccess = deletion.onerror = deletion.onblocked = () => resolve()
    } catch {
      resolve()
    }
  })
}
