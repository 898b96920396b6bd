import type { Page } from '@playwright/test'

/** How many things of a kind the browser has stored. */
export async function kept(page: Page, kind: string): Promise<number> {
  return await page.evaluate(async store => {
    const [database] = await indexedDB.databases()
    const opening = indexedDB.open(database?.name ?? '')
    const db = await new Promise<IDBDatabase>(resolve => {
      opening.onsuccess = () => resolve(opening.result)
    })
    const counting = db.transaction(store).objectStore(store).count()
    const count = await new Promise<number>(resolve => {
      counting.onsuccess = () => resolve(counting.result)
    })
    db.close()
    return count
  }, kind)
}
