/** What this browser keeps between visits. */
export { Cache, type CacheTable, hasCache, type LogRecord, openCache, type TableChange } from './cache.ts'
export { forgetLeft, leave, leftBy } from './left.ts'
export { wipeCache, wipeCachesOfOthers } from './wipe.ts'
