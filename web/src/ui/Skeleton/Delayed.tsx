import { type ReactNode, useEffect, useState } from 'react'

/** Shows its children only once `ms` have gone by: what arrives sooner is never preceded by a flash. */
export function Delayed({ ms = 150, children }: { ms?: number; children: ReactNode }) {
  const [due, setDue] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setDue(true), ms)
    return () => clearTimeout(timer)
  }, [ms])
  return due ? children : null
}
