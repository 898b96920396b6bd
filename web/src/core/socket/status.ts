/**
 * Where the connection stands. `idle`: nothing was tried yet, so nothing can be lost; `connecting`: for the first time; `live`: everything is in; `reconnecting`: it was live and
 * comes back by itself; `offline`: the browser says there is no network. `since`: when it was live last (or began), in ms.
 */
export interface ConnectionStatus {
  phase: 'idle' | 'connecting' | 'live' | 'reconnecting' | 'offline'
  since: number
}

/** How long a lost connection is not worth a word. */
export const silentMs = 5_000
