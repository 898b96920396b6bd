import { create } from 'zustand'
import { type Id, isProblem, newKey, type Problem, request } from '@/core/api'

/** How a file of another site is on its way to this one. */
export interface Arriving {
  received: number
  /** Why it does not come now; null: it comes. */
  away: Problem | null
  stop: () => void
}

/** By the number of the file: what somebody here waits for. */
export const arrivingStore = create<Readonly<Record<Id, Arriving>>>()(() => ({}))
const coming = new Map<Id, Promise<void>>()

/** Have the bytes of a file at this site, however long the line is cut meanwhile. Throws `Problem`, also when waiting was stopped. */
export function bring(conversation: Id, file: Id): Promise<void> {
  const known = coming.get(file)
  if (known) return known
  const controller = new AbortController()
  const brought = ask(conversation, file, controller).finally(() => {
    coming.delete(file)
    const { [file]: _, ...others } = arrivingStore.getState()
    arrivingStore.setState(others, true)
  })
  coming.set(file, brought)
  return brought
}

/** Whether waiting was stopped by the person. */
export function isStopped(cause: unknown): boolean {
  return cause instanceof DOMException && cause.name === 'AbortError'
}

async function ask(conversation: Id, file: Id, controller: AbortController): Promise<void> {
  const stop = () => controller.abort()
  for (;;) {
    try {
      controller.signal.throwIfAborted()
      const input = { path: { conversation, file } }
      await request('POST /conversations/{conversation}/files/{file}/bring', input, { key: newKey() })
      return
    } catch (cause) {
      if (isProblem(cause, 'files.on_its_way'))
        arrivingStore.setState({ [file]: { received: cause.details.received, away: null, stop } })
      else if (isProblem(cause, 'files.elsewhere'))
        arrivingStore.setState({
          [file]: { received: arrivingStore.getState()[file]?.received ?? 0, away: cause, stop },
        })
      else throw cause
      await pause((cause.retryAfterS ?? 1) * 1000, controller.signal)
    }
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise(done => {
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      done()
    })
  })
}
