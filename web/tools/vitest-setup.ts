import 'fake-indexeddb/auto'
import { cleanup, configure } from '@testing-library/react'
import { afterEach, vi } from 'vitest'

/** How long a test waits for what must come, ms: a second, as is usual, is too short where something else takes the processor. */
const patience = 20_000

configure({ asyncUtilTimeout: patience })
const { waitFor } = vi
vi.waitFor = (condition, options = patience) => waitFor(condition, options)

afterEach(cleanup)
