/** What the connection needs of the browser; tests give their own. */
export interface Surroundings {
  createSocket(): WebSocket
  isOnline(): boolean
  random(): number
  /** Call back when the network or the visibility of the page changes. Returns the way to stop. */
  onChange(listener: (change: 'online' | 'offline' | 'visible') => void): () => void
}

/** The browser itself. */
export const browserSurroundings: Surroundings = {
  createSocket: () => new WebSocket(socketUrl(location)),
  isOnline: () => navigator.onLine,
  random: Math.random,
  onChange(listener) {
    const online = () => listener('online')
    const offline = () => listener('offline')
    const visibility = () => document.visibilityState === 'visible' && listener('visible')
    window.addEventListener('online', online)
    window.addEventListener('offline', offline)
    document.addEventListener('visibilitychange', visibility)
    return () => {
      window.removeEventListener('online', online)
      window.removeEventListener('offline', offline)
      document.removeEventListener('visibilitychange', visibility)
    }
  },
}

function socketUrl(page: Location): string {
  return `${page.protocol === 'https:' ? 'wss' : 'ws'}://${page.host}/api/socket`
}
