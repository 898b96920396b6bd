import { useEffect, useState } from 'react'
import { type ConnectionStatus, silentMs } from '@/core/socket'

/** True when the connection has been gone for longer than is worth keeping silent about. */
export function useLongLost({ phase, since }: ConnectionStatus): boolean {
  const [now, setNow] = useState(Date.now)
  const gone = phase !== 'live' && phase !== 'idle'
  useEffect(() => {
    if (!gone) return
    const timer = setTimeout(() => setNow(Date.now()), Math.max(0, since + silentMs - Date.now()))
    return () => clearTimeout(timer)
  }, [gone, since])
  return gone && now - since >= silentMs
}
