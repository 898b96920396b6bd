/** For tests: a database with tables and records, as another program or an earlier release left it. */
export async function makeDatabase(
  name: string,
  version: number,
  tables: Record<string, { key: string; records?: object[] }>,
): Promise<void> {
  await new Promise((resolve, reject) => {
    const opening = indexedDB.open(name, version)
    opening.onerror = () => reject(opening.error)
    opening.onupgradeneeded = () => {
      for (const [table, { key, records = [] }] of Object.entries(tables)) {
        const store = opening.result.createObjectStore(table, { keyPath: key })
        for (const record of records) store.put(record)
      }
    }
    opening.onsuccess = () => {
      opening.result.close()
      resolve(null)
    }
  })
}
