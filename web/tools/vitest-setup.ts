import 'fake-indexeddb/auto'
import { cleanup, configure } from '@testing-library/react'
import Dexie from 'dexie'
import { IDBFactory } from 'fake-indexeddb'
import { afterEach, vi } from 'vitest'
import { slices } from '../src/app/slices.ts'
import { installSlices } from '../src/log/installed.ts'

/** How long a test waits for what must come, ms: a second, as is usual, is too short where something else takes the processor. */
const patience = 20_000

configure({ asyncUtilTimeout: patience })
const { waitFor } = vi
vi.waitFor = (condition, options = patience) => waitFor(condition, options)

installSlices(slices)
afterEach(cleanup)

// What another file of tests may have left in the browser that they share (vite.config.ts).
vi.useRealTimers()
vi.unstubAllGlobals()
vi.restoreAllMocks()
globalThis.indexedDB = new IDBFactory()
Dexie.dependencies.indexedDB = indexedDB
localStorage.clear()
sessionStorage.clear()
document.head.replaceChildren()
document.body.replaceChildren()
history.replaceState(null, '', '/')
