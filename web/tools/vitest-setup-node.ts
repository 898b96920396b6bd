import 'fake-indexeddb/auto'
import { vi } from 'vitest'

const { waitFor } = vi
vi.waitFor = (condition, options = 20_000) => waitFor(condition, options)
