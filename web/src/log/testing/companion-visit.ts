/** For tests of what lives beside the log: person 1 is signed in, has group 500 with person 2, and the companion has begun. */
import { i18n } from '@lingui/core'
import { vi } from 'vitest'
import { type Cache, openCache, wipeCache } from '@/core/cache'
import { sessionStore } from '@/core/session'
import type { Companion } from '../companion.ts'
import { connectionStore, resetConnection } from '../live/connection-store.ts'
import { setLog, updateLog } from '../live/log-store.ts'
import { applyConversation } from '../reducer/apply-conversation.ts'
import { applySync } from '../reducer/apply-sync.ts'
import { resetUnkept } from '../saved/unkept.ts'
import { FakeFetch } from './fake-fetch.ts'
import { ModelServer } from './model-server.ts'
import { meOf } from './people.ts'

export const room = '500'

export interface Visit {
  server: ModelServer
  network: FakeFetch
  cache: Cache
}

/** `before`: what happened before the visit. */
export async function beginVisit(companion: Companion, before?: (server: ModelServer) => void): Promise<Visit> {
  i18n.loadAndActivate({ locale: 'en', messages: {} })
  await wipeCache('1')
  const cache = (await openCache('1')) as Cache
  const server = new ModelServer('1', ['1', '2'])
  const members = [
    { person: '1', role: 'owner' as const },
    { person: '2', role: 'member' as const },
  ]
  server.add('messaging.conversation_created', '1000', '1', { conversation: room, kind: 'group', title: 'G', members })
  before?.(server)
  setLog(applySync(null, server.sync(server.pos)))
  const page = server.conversation(room, server.pos)
  if (page) updateLog(state => applyConversation(state, page))
  const network = new FakeFetch().install()
  sessionStore.setState({ phase: 'signed_in', me: meOf('1'), pending: {} })
  await companion.start?.(meOf('1'), cache)
  goLive()
  return { server, network, cache }
}

export function goLive(): void {
  connectionStore.setState({ status: { phase: 'live', since: 0 } })
}

export function endVisit(companion: Companion, { cache }: Visit): void {
  companion.stop?.()
  cache.close()
  resetConnection()
  resetUnkept()
  setLog(null)
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
}
