import { useState } from 'react'

/** True from the first time on that it was. What opens rarely is fetched then, and stays for its closing motion. */
export function useOnceTrue(now: boolean): boolean {
  const [was, setWas] = useState(now)
  if (now && !was) setWas(true)
  return was || now
}
