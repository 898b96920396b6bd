/** Tells the other tabs of this browser that somebody signed in or out. */
const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('bilin.session')

/** `leaving`: somebody signs out, though the server has not answered yet; it may close sockets before it does. */
export type SessionNews = 'signed_in' | 'signed_out' | 'leaving'

export function tellOtherTabs(news: SessionNews): void {
  channel?.postMessage(news)
}

export function onNewsOfOtherTabs(listener: (news: SessionNews) => void): () => void {
  const heard = (event: MessageEvent<SessionNews>) => listener(event.data)
  channel?.addEventListener('message', heard)
  return () => channel?.removeEventListener('message', heard)
}
